// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;

/**
 * Reads what {@link CanonicalWriter} wrote, field by field in the same order.
 *
 * <p>Every method throws IllegalArgumentException when the bytes end too early or are not such a
 * field; a length that lies never makes it allocate more than there are bytes.
 */
public final class CanonicalReader {

  private final ByteBuffer buffer;

  public CanonicalReader(byte[] bytes) {
    this.buffer = ByteBuffer.wrap(bytes);
  }

  public int u8() {
    need(1);
    return Byte.toUnsignedInt(buffer.get());
  }

  public long i64() {
    need(Long.BYTES);
    return buffer.getLong();
  }

  public byte[] bytes() {
    need(Integer.BYTES);
    return raw(buffer.getInt());
  }

  public String text() {
    try {
      return UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes())).toString();
    } catch (CharacterCodingException e) {
      throw new IllegalArgumentException("a text is not UTF-8", e);
    }
  }

  public byte[] raw(int length) {
    need(length);
    byte[] value = new byte[length];
    buffer.get(value);
    return value;
  }

  /** Says that nothing more may follow. */
  public void end() {
    if (buffer.hasRemaining()) {
      throw new IllegalArgumentException(buffer.remaining() + " bytes too many");
    }
  }

  private void need(int length) {
    if (length < 0 || length > buffer.remaining()) {
      throw new IllegalArgumentException(
          "a field of " + length + " bytes where " + buffer.remaining() + " are left");
    }
  }
}
