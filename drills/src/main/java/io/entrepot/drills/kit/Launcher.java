// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A command of {@code ./entrepot}, run as somebody types it. */
public final class Launcher {

  private Launcher() {}

  /**
   * How a command ended.
   *
   * @param text what it wrote, to both streams
   */
  public record Answer(int status, String text) {}

  /**
   * Runs one command of a checkout to its end. It takes what is built as it is, because a build may
   * be running around this process.
   */
  public static Answer run(Path home, List<String> arguments) {
    ProcessBuilder builder =
        new ProcessBuilder(home.resolve("entrepot").toString()).redirectErrorStream(true);
    builder.command().addAll(arguments);
    builder.environment().put("ENTREPOT_BUILT", "1");
    builder.environment().put("JAVA_HOME", System.getProperty("java.home"));
    try {
      Process process = builder.start();
      String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return new Answer(process.onExit().join().exitValue(), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
