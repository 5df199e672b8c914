// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/** One answer of the server; {@code body} starts after the request number. */
record Reply(int type, ByteBuffer body) {

  boolean isStatus(int code) {
    return type == Packet.STATUS && status() == code;
  }

  boolean isOk() {
    return isStatus(Packet.OK);
  }

  /** Only of a status reply. */
  int status() {
    return body.getInt(body.position());
  }

  /** What the server says in words; only of a status reply. */
  String words() {
    ByteBuffer in = body.duplicate();
    in.getInt();
    return in.remaining() < Integer.BYTES ? "" : new String(bytes(in), StandardCharsets.UTF_8);
  }

  /** The handle that an open gave. */
  byte[] handle() {
    return bytes(body.duplicate());
  }

  Attributes attributes() {
    return Attributes.parse(body.duplicate());
  }

  /** The next string, which has its length before it. */
  static byte[] bytes(ByteBuffer in) {
    byte[] value = new byte[in.getInt()];
    in.get(value);
    return value;
  }
}
