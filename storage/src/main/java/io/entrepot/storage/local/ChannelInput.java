// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.util.Objects;

/** The bytes of one open channel. */
final class ChannelInput extends InputStream {

  private final FileChannel channel;
  private final ObjectPath path;
  private long offset;
  private long left;

  ChannelInput(FileChannel channel, ObjectPath path, ReadOptions options) {
    this.channel = channel;
    this.path = path;
    this.offset = options.offset();
    this.left = options.length();
  }

  @Override
  public int read() {
    byte[] one = new byte[1];
    return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
  }

  @Override
  public int read(byte[] into, int off, int length) {
    Objects.checkFromIndexSize(off, length, into.length);
    LocalStore.refuseInterrupted(path);
    if (length == 0) {
      return 0;
    }
    if (left == 0) {
      return -1;
    }
    try {
      int got = channel.read(ByteBuffer.wrap(into, off, (int) Math.min(length, left)), offset);
      if (got > 0) {
        offset += got;
        left -= got;
      }
      return got;
    } catch (IOException e) {
      throw Refusal.whileReading(e, path);
    }
  }

  @Override
  public void close() {
    try {
      channel.close();
    } catch (IOException e) {
      throw Refusal.whileReading(e, path);
    }
  }
}
