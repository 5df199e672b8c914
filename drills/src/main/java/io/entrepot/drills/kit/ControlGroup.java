// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** A group of processes that the kernel gives no more than so much of something. */
public final class ControlGroup implements AutoCloseable {

  private static final Path ROOT = Path.of("/sys/fs/cgroup");

  /** What can be limited, by its names in both versions of control groups. */
  public enum Resource {
    MEMORY("memory", "memory.limit_in_bytes", "memory.max"),
    THREADS("pids", "pids.max", "pids.max");

    private final String controller;
    private final String first;
    private final String second;

    Resource(String controller, String first, String second) {
      this.controller = controller;
      this.first = first;
      this.second = second;
    }
  }

  private final Path folder;
  private final Path limit;
  private final Thread hook;

  private ControlGroup(Path folder, Path limit) {
    this.folder = folder;
    this.limit = limit;
    this.hook = Thread.ofPlatform().unstarted(this::remove);
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** A new one without a limit; empty where this machine, or this account, makes none. */
  public static Optional<ControlGroup> make(Resource resource) {
    // With version 2 all groups lie in one folder.
    String name =
        "entrepot-drill-%s-%d".formatted(resource.controller, ProcessHandle.current().pid());
    Path old = ROOT.resolve(resource.controller);
    Path folder = (Files.isDirectory(old) ? old : ROOT).resolve(name);
    Path limit = folder.resolve(Files.isDirectory(old) ? resource.first : resource.second);
    try {
      Files.createDirectory(folder);
      if (Files.isWritable(limit)) {
        return Optional.of(new ControlGroup(folder, limit));
      }
      Files.delete(folder);
      return Optional.empty();
    } catch (IOException notHere) {
      return Optional.empty();
    }
  }

  /** From now on they get so much in all. */
  public void limit(long value) {
    try {
      Files.writeString(limit, Long.toString(value));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many threads there are in it. */
  public int threads() {
    try {
      return Integer.parseInt(Files.readString(folder.resolve("pids.current")).strip());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Words before a command, which is in the group from its beginning. */
  public List<String> launcher() {
    String join = "echo $$ > %s && exec \"$@\"".formatted(folder.resolve("cgroup.procs"));
    return List.of("/bin/sh", "-c", join, "sh");
  }

  /** For when no process is left in it. */
  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    remove();
  }

  private void remove() {
    for (int i = 0; Files.exists(folder) && i < 50; i++) {
      try {
        Files.delete(folder);
      } catch (IOException lastOnesAreEnding) {
        Pauses.sleep(Duration.ofMillis(100));
      }
    }
  }
}
