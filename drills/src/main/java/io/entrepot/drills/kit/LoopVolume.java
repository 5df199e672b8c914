// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * An ext4 file system of its own, in a file, from which the power can be taken: what its processes
 * have not flushed by then is gone. What had reached the file counts as on the medium, so a flush
 * that the kernel did not pass on to a disk would go unnoticed.
 */
public final class LoopVolume implements AutoCloseable {

  private static final Path DEVICES = Path.of("/dev/loop-control");
  private static final int TRIES = 50;
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Path image;
  private final Path place;
  private final Thread hook = Thread.ofPlatform().unstarted(this::release);

  private LoopVolume(Path image, Path place) {
    this.image = image;
    this.place = place;
  }

  /** Why this machine cannot have one; empty when it can. */
  public static Optional<String> obstacle() {
    if (!Command.isRoot()) {
      return Optional.of("only root can mount a file system and take its power");
    }
    if (!Files.isReadable(DEVICES) || !Files.isExecutable(Path.of("/usr/sbin/mkfs.ext4"))) {
      return Optional.of("there is no loop device, or no mkfs.ext4");
    }
    return Optional.empty();
  }

  /**
   * Mounts the one in a file, which is made when it is not there.
   *
   * @param size of a new one; the file takes only the room that is used
   * @param place where it is seen
   */
  public static LoopVolume mount(Path image, long size, Path place) {
    LoopVolume volume = new LoopVolume(image, place);
    try {
      Files.createDirectories(place);
      if (Files.notExists(image)) {
        try (RandomAccessFile sparse = new RandomAccessFile(image.toFile(), "rw")) {
          sparse.setLength(size);
        }
        Command.run("mkfs.ext4", "-q", "-F", image.toString());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    volume.mount();
    Runtime.getRuntime().addShutdownHook(volume.hook);
    return volume;
  }

  /** Takes away what a drill left mounted that was killed. */
  public static void release(Path place) {
    // A process that was just killed may be a moment away from letting go.
    for (int left = TRIES; isMounted(place); left--) {
      try {
        Command.run("umount", place.toString());
      } catch (IllegalStateException busy) {
        if (left == 0) {
          throw busy;
        }
        Pauses.sleep(PAUSE);
      }
    }
  }

  /** Asked of the kernel: without power not even a look at the place succeeds. */
  private static boolean isMounted(Path place) {
    try (Stream<String> mounts = Files.lines(Path.of("/proc/self/mounts"))) {
      String name = place.toAbsolutePath().toString();
      return mounts.anyMatch(line -> line.split(" ")[1].equals(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void mount() {
    Command.run("mount", "-o", "loop", image.toString(), place.toString());
  }

  /** Nothing can be read or written any more, and what was not flushed never was. */
  public void cut() {
    Path script = DrillSettings.home().resolve("drills/native/power_cut.py");
    Command.run("/usr/bin/python3", script.toString(), place.toString());
  }

  /** The power is back. Nobody may have a file open. */
  public void restore() {
    release();
    mount();
  }

  private void release() {
    release(place);
  }

  @Override
  public void close() {
    release();
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException ending) {
      // This process is ending already, and the hook finds nothing to do.
    }
  }
}
