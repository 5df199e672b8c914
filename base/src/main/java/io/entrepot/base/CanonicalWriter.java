// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Writes bytes that mean one thing only: integers big-endian, texts and byte strings after their
 * length, so that no two different sequences of calls give the same bytes.
 *
 * <p>Can be used again after {@link #reset}. Not safe for use by several threads.
 */
public final class CanonicalWriter {

  private static final int FIRST_CAPACITY = 512;

  private ByteBuffer buffer = ByteBuffer.allocate(FIRST_CAPACITY);

  /** One unsigned byte. */
  public CanonicalWriter u8(int value) {
    room(1).put((byte) value);
    return this;
  }

  /** Eight bytes. */
  public CanonicalWriter i64(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  /** Four bytes of length, then the text in UTF-8. */
  public CanonicalWriter text(String value) {
    return bytes(value.getBytes(UTF_8));
  }

  /** Four bytes of length, then the bytes. */
  public CanonicalWriter bytes(byte[] value) {
    room(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  /** The bytes without a length: for fields whose length is fixed. */
  public CanonicalWriter raw(byte[] value) {
    room(value.length).put(value);
    return this;
  }

  /** What was written since the last reset. */
  public byte[] toByteArray() {
    return Arrays.copyOf(buffer.array(), buffer.position());
  }

  /** The same as a view that is good until the next call: for hashing without a copy. */
  public ByteBuffer view() {
    return buffer.duplicate().flip();
  }

  /** Starts over. */
  public CanonicalWriter reset() {
    buffer.clear();
    return this;
  }

  private ByteBuffer room(int wanted) {
    if (buffer.remaining() < wanted) {
      int capacity = Math.max(buffer.capacity() * 2, buffer.position() + wanted);
      buffer = ByteBuffer.allocate(capacity).put(buffer.flip());
    }
    return buffer;
  }
}
