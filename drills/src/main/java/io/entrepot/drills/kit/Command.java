// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A program of the system, run to its end. */
public final class Command {

  private Command() {}

  /**
   * What it wrote.
   *
   * @throws IllegalStateException when it failed, with what it said
   */
  public static String run(String... words) {
    return run(List.of(words));
  }

  /** As {@link #run(String...)}. */
  public static String run(List<String> words) {
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      process.getOutputStream().close();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new IllegalStateException(String.join(" ", words) + ": " + output.strip());
      }
      return output;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted while " + words.getFirst() + " ran", e);
    }
  }

  /** Whether this process may do everything on this machine. */
  static boolean isRoot() {
    return "root".equals(System.getProperty("user.name"));
  }
}
