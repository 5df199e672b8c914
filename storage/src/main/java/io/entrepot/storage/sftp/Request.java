// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** Builds the body of one request: everything after its number. */
final class Request {

  private ByteBuffer out = ByteBuffer.allocate(256);
  private final int type;

  private Request(int type) {
    this.type = type;
  }

  static Request of(int type) {
    return new Request(type);
  }

  static Request extended(String name) {
    return of(Packet.EXTENDED).string(name.getBytes(StandardCharsets.US_ASCII));
  }

  Request string(byte[] value) {
    room(Integer.BYTES + value.length).putInt(value.length).put(value);
    return this;
  }

  Request integer(int value) {
    room(Integer.BYTES).putInt(value);
    return this;
  }

  Request number(long value) {
    room(Long.BYTES).putLong(value);
    return this;
  }

  int type() {
    return type;
  }

  ByteBuffer body() {
    return out.duplicate().flip();
  }

  private ByteBuffer room(int bytes) {
    if (out.remaining() < bytes) {
      out = ByteBuffer.allocate(2 * (out.position() + bytes)).put(out.flip());
    }
    return out;
  }
}
