// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Random;

/**
 * Room on the disk of the database that a file keeps free of everything else, for the few things
 * that must still be written when the disk is full.
 */
public final class Reserve {

  private static final Path NO_FILE = Path.of("");

  /** Small, so that the last of a nearly full disk is taken too. */
  private static final int CHUNK = 4096;

  private final Path file;
  private final long bytes;
  private volatile boolean whole;

  private Reserve(Path file, long bytes) {
    this.file = file;
    this.bytes = bytes;
    this.whole = bytes == 0;
  }

  /**
   * A reserve of this size, of which nothing is taken yet that was not there before.
   *
   * @param bytes 0 for none
   */
  public static Reserve of(Path file, long bytes) {
    return new Reserve(file, bytes);
  }

  public static Reserve none() {
    return new Reserve(NO_FILE, 0);
  }

  /** Whether less is kept than was asked for, because the disk is full. */
  boolean isShort() {
    return !whole;
  }

  /** Takes what is lacking, or as much of it as there is room for. */
  synchronized void take() {
    if (bytes == 0) {
      return;
    }
    try (FileChannel channel =
        FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)) {
      whole = fill(channel);
      channel.force(true);
    } catch (IOException _) {
      whole = false;
    }
  }

  /** With bytes that no file system can store in less room than they have. */
  private boolean fill(FileChannel channel) throws IOException {
    channel.truncate(bytes);
    channel.position(channel.size());
    Random random = new Random(channel.size());
    byte[] chunk = new byte[CHUNK];
    while (channel.position() < bytes) {
      random.nextBytes(chunk);
      int length = (int) Math.min(CHUNK, bytes - channel.position());
      try {
        channel.write(ByteBuffer.wrap(chunk, 0, length));
      } catch (IOException _) {
        return false;
      }
    }
    return true;
  }

  /** Gives all of it back to the disk. */
  synchronized void release() {
    if (bytes == 0) {
      return;
    }
    whole = false;
    try {
      Files.deleteIfExists(file);
    } catch (IOException _) {
      // Then there is no more room than before, which the write that needs it will find out.
    }
  }
}
