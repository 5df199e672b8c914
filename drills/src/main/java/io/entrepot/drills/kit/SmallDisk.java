// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/** A file system of its own that really has no room for more bytes, or for more files. */
public final class SmallDisk implements AutoCloseable {

  private static final String FILLER = ".filler";
  private static final int CHUNK = 64 << 10;
  private static final int LAST_CHUNK = 512;

  private final Path root;
  private final Thread hook;

  private SmallDisk(Path root) {
    this.root = root;
    this.hook = Thread.ofPlatform().unstarted(() -> unmount(root));
    Runtime.getRuntime().addShutdownHook(hook);
  }

  /** Whether this process may mount anything. */
  public static boolean permitted() {
    return Command.isRoot();
  }

  /**
   * Mounts one.
   *
   * @param root a folder; what is in it is out of sight while this is open
   * @param files how many there can be, folders among them
   */
  public static SmallDisk mount(Path root, int mebibytes, int files) {
    try {
      Files.createDirectories(root);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    String options = "size=%dm,nr_inodes=%d,mode=700".formatted(mebibytes, files);
    Command.run("mount", "-t", "tmpfs", "-o", options, "entrepot-drill", root.toString());
    return new SmallDisk(root);
  }

  /** Leaves room for not one byte more. */
  public void fillWithBytes() {
    Path filler = folder().resolve("bytes");
    fill(filler, CHUNK);
    fill(filler, LAST_CHUNK);
  }

  private static void fill(Path file, int chunk) {
    byte[] some = new byte[chunk];
    try (OutputStream out =
        Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND)) {
      while (true) {
        out.write(some);
      }
    } catch (IOException full) {
      demandFull(full);
    }
  }

  /** Leaves room for not one file more. */
  public void fillWithFiles() {
    Path folder = folder();
    try {
      for (int i = 0; true; i++) {
        Files.createFile(folder.resolve(Integer.toString(i)));
      }
    } catch (IOException full) {
      demandFull(full);
    }
  }

  private Path folder() {
    try {
      return Files.createDirectories(root.resolve(FILLER));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void demandFull(IOException failure) {
    if (!String.valueOf(failure.getMessage()).contains("No space left")) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Makes room again. */
  public void free() {
    DrillState.delete(root.resolve(FILLER));
  }

  @Override
  public void close() {
    Runtime.getRuntime().removeShutdownHook(hook);
    unmount(root);
  }

  private static void unmount(Path root) {
    Command.run("umount", "--lazy", root.toString());
  }
}
