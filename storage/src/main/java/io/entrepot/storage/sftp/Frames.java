// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/** Cuts what the server sends into packets; each byte is copied once. */
final class Frames extends OutputStream {

  /** OpenSSH never sends more than 256 KiB; anything near this is a broken peer. */
  private static final int FRAME_LIMIT = 1 << 20;

  /** A type and the number of the request, or of the protocol: every packet has them. */
  private static final int FRAME_LEAST = 1 + Integer.BYTES;

  private final Consumer<ByteBuffer> packets;
  private final byte[] prefix = new byte[Integer.BYTES];
  private byte[] frame = prefix;
  private int filled;

  Frames(Consumer<ByteBuffer> packets) {
    this.packets = packets;
  }

  @Override
  public void write(int b) throws IOException {
    write(new byte[] {(byte) b}, 0, 1);
  }

  @Override
  public void write(byte[] bytes, int offset, int length) throws IOException {
    int at = offset;
    int end = offset + length;
    while (at < end) {
      int part = Math.min(end - at, frame.length - filled);
      System.arraycopy(bytes, at, frame, filled, part);
      at += part;
      filled += part;
      if (filled == frame.length) {
        turn();
      }
    }
  }

  private void turn() throws IOException {
    filled = 0;
    if (frame != prefix) {
      byte[] whole = frame;
      frame = prefix;
      packets.accept(ByteBuffer.wrap(whole));
      return;
    }
    int length = ByteBuffer.wrap(prefix).getInt();
    if (length < FRAME_LEAST || length > FRAME_LIMIT) {
      throw new IOException("the server sent an SFTP packet of " + length + " bytes");
    }
    frame = new byte[length];
  }
}
