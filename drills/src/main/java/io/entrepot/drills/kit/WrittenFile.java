// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileTime;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.Random;

/** A file that is written to in the ways instruments do it, and what it held when. */
public final class WrittenFile {

  private final Path file;
  private final Random random;
  private final Contents contents = new Contents();
  private final MessageDigest digest = Sha256.digest();

  public WrittenFile(Path file, long seed) {
    this.file = file;
    this.random = new Random(seed);
  }

  public Path file() {
    return file;
  }

  public Contents contents() {
    return contents;
  }

  public Random random() {
    return random;
  }

  /** Grows by so many bytes. */
  public void append(int length) {
    byte[] piece = piece(length);
    digest.update(piece);
    long since = System.nanoTime();
    write(file, piece, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
    contents.end();
    contents.begin(HexFormat.of().formatHex(cloned().digest()), since);
  }

  /** Gets other content of this size in place; a file that was there looks as old as before. */
  public void rewrite(int length) {
    byte[] content = piece(length);
    long since = System.nanoTime();
    try {
      if (Files.exists(file)) {
        FileTime time = Files.getLastModifiedTime(file);
        write(file, content, StandardOpenOption.WRITE);
        Files.setLastModifiedTime(file, time);
      } else {
        write(file, content, StandardOpenOption.WRITE, StandardOpenOption.CREATE_NEW);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    contents.end();
    contents.begin(Sha256.hex(content), since);
  }

  /**
   * Another file of this size takes its name and looks as old.
   *
   * @param beside where the other is made, in a folder that is not harvested
   */
  public void replace(int length, Path beside) {
    byte[] content = piece(length);
    Path other = beside.resolve(file.getFileName());
    try {
      write(other, content, StandardOpenOption.WRITE, StandardOpenOption.CREATE);
      Files.setLastModifiedTime(other, Files.getLastModifiedTime(file));
      long since = System.nanoTime();
      Files.move(other, file, StandardCopyOption.ATOMIC_MOVE);
      contents.end();
      contents.begin(Sha256.hex(content), since);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void write(Path to, byte[] content, StandardOpenOption... how) {
    try {
      Files.write(to, content, how);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private MessageDigest cloned() {
    try {
      return (MessageDigest) digest.clone();
    } catch (CloneNotSupportedException e) {
      throw new IllegalStateException(e);
    }
  }

  private byte[] piece(int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }
}
