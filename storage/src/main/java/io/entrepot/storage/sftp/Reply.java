// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * One answer of the server; {@code body} starts after the request number. What is asked of it is
 * {@code STORE_READ_FAILED} when it does not hold that.
 */
record Reply(int type, ByteBuffer body) {

  boolean isStatus(int code) {
    return type == Packet.STATUS && status() == code;
  }

  boolean isOk() {
    return isStatus(Packet.OK);
  }

  /** Only of a status reply. */
  int status() {
    return new Fields(body).integer();
  }

  /** What the server says in words; only of a status reply. */
  String words() {
    Fields in = new Fields(body);
    in.pass(Integer.BYTES);
    return in.left() < Integer.BYTES ? "" : new String(in.string(), StandardCharsets.UTF_8);
  }

  /** The handle that an open gave. */
  byte[] handle() {
    return new Fields(body).string();
  }

  Attributes attributes() {
    return Attributes.parse(new Fields(body));
  }
}
