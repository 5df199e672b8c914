// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.nio.ByteBuffer;

/**
 * What stands in an answer, field after field. The server is not believed: an answer that ends too
 * soon, or states a length that cannot be, is refused before anything is made of it.
 */
final class Fields {

  private final ByteBuffer in;

  /** Those from where {@code answer} stands, which is left as it is. */
  Fields(ByteBuffer answer) {
    in = answer.duplicate();
  }

  /** How many bytes are left. */
  int left() {
    return in.remaining();
  }

  int integer() {
    demand(Integer.BYTES);
    return in.getInt();
  }

  long number() {
    demand(Long.BYTES);
    return in.getLong();
  }

  /** The next string, which has its length before it. */
  byte[] string() {
    byte[] value = new byte[length()];
    in.get(value);
    return value;
  }

  /** The next string, shared with the answer instead of copied. */
  ByteBuffer shared() {
    int length = length();
    ByteBuffer value = in.slice(in.position(), length);
    in.position(in.position() + length);
    return value;
  }

  void pass(int bytes) {
    demand(bytes);
    in.position(in.position() + bytes);
  }

  private int length() {
    int length = integer();
    demand(length);
    return length;
  }

  private void demand(int bytes) {
    if (bytes < 0 || bytes > in.remaining()) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED,
          "the SFTP server sent an answer that makes no sense. Look at its log, then try again.");
    }
  }
}
