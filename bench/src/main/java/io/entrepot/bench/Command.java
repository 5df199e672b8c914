// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

/** A program run to its end. */
record Command(List<String> words) {

  Command {
    words = List.copyOf(words);
  }

  static Command of(String... words) {
    return new Command(List.of(words));
  }

  /**
   * Runs it.
   *
   * @return from start to exit
   * @throws IllegalStateException with its output when it fails
   */
  Duration run() {
    long begin = System.nanoTime();
    try {
      Process process = new ProcessBuilder(words).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      int status = process.waitFor();
      if (status != 0) {
        throw new IllegalStateException(this + " ended with " + status + ": " + output);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(this + ": " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted in " + this, e);
    }
    return Duration.ofNanos(System.nanoTime() - begin);
  }

  @Override
  public String toString() {
    return String.join(" ", words);
  }
}
