// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** A program of the system, run to its end. */
public final class Command {

  /**
   * How a program ended.
   *
   * @param text what it wrote, to both streams
   */
  public record Answer(int status, String text) {}

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
    Answer answer = ask(words, Map.of());
    if (answer.status() != 0) {
      throw new IllegalStateException(String.join(" ", words) + ": " + answer.text().strip());
    }
    return answer.text();
  }

  /**
   * How it ended, for whom a failure is an answer too.
   *
   * @param environment more than this process has
   */
  public static Answer ask(List<String> words, Map<String, String> environment) {
    ProcessBuilder builder = new ProcessBuilder(words).redirectErrorStream(true);
    builder.environment().putAll(environment);
    try {
      Process process = builder.start();
      process.getOutputStream().close();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.waitFor(), text);
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
