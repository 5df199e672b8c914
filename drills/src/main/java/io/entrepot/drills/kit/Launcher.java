// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A command of {@code ./entrepot}, run as somebody types it. */
public final class Launcher {

  private Launcher() {}

  /**
   * Runs one command of a checkout to its end. It takes what is built as it is, because a build may
   * be running around this process.
   */
  public static Command.Answer run(Path home, List<String> arguments) {
    List<String> words = new ArrayList<>(List.of(home.resolve("entrepot").toString()));
    words.addAll(arguments);
    return Command.ask(
        words, Map.of("ENTREPOT_BUILT", "1", "JAVA_HOME", System.getProperty("java.home")));
  }
}
