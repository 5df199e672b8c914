// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.nio.ByteBuffer;

/** Turns the server's refusals into ours. */
final class Refusals {

  private static final String STATVFS = "statvfs@openssh.com";

  /** Less room than this after a failed write means that the store is full. */
  private static final long FULL_BELOW_BYTES = 1 << 20;

  private static final int STATVFS_FIELDS = 11;
  private static final int READ_ONLY_FLAG = 1;

  private final SftpSession session;

  Refusals(SftpSession session) {
    this.session = session;
  }

  StoreException reading(Reply reply, ObjectPath path) {
    return plain(reply, path, "read", ErrorCode.STORE_READ_FAILED);
  }

  /** Asks for the reason when the server only says "failure", as it does for a full disk. */
  StoreException writing(Reply reply, ObjectPath path) {
    if (reply.isStatus(Packet.FAILURE) && session.wire().offers(STATVFS)) {
      Reply room =
          session.wire().call(Request.extended(STATVFS).string(session.remote(ObjectPath.BASE)));
      if (room.type() == Packet.EXTENDED_REPLY
          && room.body().remaining() >= STATVFS_FIELDS * Long.BYTES) {
        ErrorCode code = judge(room.body().slice());
        return new StoreException(code, say(path, "written", reply) + advice(code));
      }
    }
    return plain(reply, path, "written", ErrorCode.STORE_WRITE_FAILED);
  }

  private static ErrorCode judge(ByteBuffer fields) {
    long fragment = fields.getLong(Long.BYTES);
    long free = fields.getLong(4 * Long.BYTES);
    long freeNames = fields.getLong(7 * Long.BYTES);
    long names = fields.getLong(5 * Long.BYTES);
    long flags = fields.getLong(9 * Long.BYTES);
    if ((flags & READ_ONLY_FLAG) != 0) {
      return ErrorCode.STORE_READ_ONLY;
    }
    boolean full = free * fragment < FULL_BELOW_BYTES || (names > 0 && freeNames == 0);
    return full ? ErrorCode.STORE_FULL : ErrorCode.STORE_WRITE_FAILED;
  }

  private static String advice(ErrorCode code) {
    return switch (code) {
      case STORE_FULL -> ": no space left. Free some, then try again.";
      case STORE_READ_ONLY -> ": the file system is read-only. Have it made writable.";
      default -> ". Look at the server's log, then try again.";
    };
  }

  private static StoreException plain(
      Reply reply, ObjectPath path, String done, ErrorCode otherwise) {
    if (reply.type() != Packet.STATUS) {
      return new StoreException(
          otherwise,
          "\"" + path + "\" could not be " + done + ": the server's answer makes no sense");
    }
    ErrorCode code =
        switch (reply.status()) {
          case Packet.NO_SUCH_FILE -> ErrorCode.STORE_NOT_FOUND;
          case Packet.PERMISSION_DENIED -> ErrorCode.STORE_ACCESS_DENIED;
          case Packet.BAD_MESSAGE -> ErrorCode.NAME_REFUSED;
          case Packet.UNSUPPORTED -> ErrorCode.NOT_SUPPORTED;
          default -> otherwise;
        };
    return new StoreException(code, say(path, done, reply));
  }

  private static String say(ObjectPath path, String done, Reply reply) {
    return "\""
        + path
        + "\" could not be "
        + done
        + " on the SFTP server (it says: "
        + words(reply)
        + ")";
  }

  /** A server's words are foreign text: short, and on one line. */
  private static String words(Reply reply) {
    String words = reply.words().replaceAll("\\p{Cntrl}", " ").strip();
    return words.substring(0, Math.min(words.length(), 200));
  }
}
