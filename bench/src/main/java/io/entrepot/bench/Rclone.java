// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** {@code rclone copy}, the copier that people would use otherwise. */
final class Rclone implements Contestant {

  private final String name;
  private final Path target;
  private final boolean emptyTarget;
  private final Command command;

  private Rclone(String name, Path target, boolean emptyTarget, Command command) {
    this.name = name;
    this.target = target;
    this.emptyTarget = emptyTarget;
    this.command = command;
  }

  /**
   * A copy into an empty folder.
   *
   * @param source a folder, or an rclone remote
   */
  static Rclone first(String source, Path target, String... options) {
    return new Rclone("rclone copy", target, true, command(source, target, options));
  }

  /** A copy into a folder that has everything already. */
  static Rclone again(String source, Path target, String... options) {
    String name = String.join(" ", "rclone copy", String.join(" ", options)).strip();
    return new Rclone(name, target, false, command(source, target, options));
  }

  private static Command command(String source, Path target, String... options) {
    List<String> words = new ArrayList<>(List.of("rclone", "copy", source, target.toString()));
    words.addAll(List.of(options));
    return new Command(words);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public String commandLine() {
    return command.toString();
  }

  @Override
  public void prepare() {
    if (emptyTarget) {
      Folders.delete(target);
    }
  }

  @Override
  public Duration run() {
    return command.run();
  }
}
