// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.nio.file.StandardOpenOption.READ;
import static java.nio.file.StandardOpenOption.WRITE;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Objects;

/**
 * A small file that is there whole or not at all, also after a power cut.
 *
 * <p>Both ways of writing make or replace the file, and its folder (for its owner only) where that
 * is missing. Once they return, file and name are on the disk. After a failure what was there
 * before still is, or already the new text.
 */
public final class DurableFile {

  private DurableFile() {}

  /** For what is secret: only the server's own user may read it. */
  public static void writeSecret(Path file, String text) throws IOException {
    write(file, text, "rw-------");
  }

  /** For what anybody may read. */
  public static void writeOpen(Path file, String text) throws IOException {
    write(file, text, "rw-r--r--");
  }

  private static void write(Path file, String text, String permissions) throws IOException {
    Path folder = above(file.toAbsolutePath());
    makeFolder(folder);
    Path temporary = folder.resolve(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString(permissions)));
    try (FileChannel channel = FileChannel.open(temporary, WRITE)) {
      ByteBuffer bytes = ByteBuffer.wrap(text.getBytes(UTF_8));
      while (bytes.hasRemaining()) {
        channel.write(bytes);
      }
      channel.force(true);
    }
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
    flushFolder(folder);
  }

  /**
   * A folder for its owner only, with those above it, where they are missing; it and its name last.
   */
  public static void makeFolder(Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      return;
    }
    Path above = above(folder);
    makeFolder(above);
    Files.createDirectories(
        folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------")));
    flushFolder(above);
  }

  private static Path above(Path entry) {
    return Objects.requireNonNull(entry.getParent(), "only the root lies in no folder");
  }

  /** Makes the names in a folder durable. */
  public static void flushFolder(Path folder) throws IOException {
    try (FileChannel channel = FileChannel.open(folder, READ)) {
      channel.force(true);
    }
  }
}
