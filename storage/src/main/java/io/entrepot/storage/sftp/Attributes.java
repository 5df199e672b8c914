// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.nio.ByteBuffer;
import java.time.Instant;

/** What the server says of one object: kind, size in bytes, seconds of last change. */
record Attributes(Kind kind, long size, long modifiedSecond) {

  private static final int TYPE_MASK = 0xf000;
  private static final int TYPE_FOLDER = 0x4000;
  private static final int TYPE_FILE = 0x8000;
  private static final int TYPE_LINK = 0xa000;

  static Attributes parse(ByteBuffer in) {
    int flags = in.getInt();
    long size = (flags & Packet.HAS_SIZE) != 0 ? in.getLong() : 0;
    if ((flags & Packet.HAS_OWNER) != 0) {
      in.position(in.position() + 2 * Integer.BYTES);
    }
    int mode = (flags & Packet.HAS_PERMISSIONS) != 0 ? in.getInt() : 0;
    long modified = 0;
    if ((flags & Packet.HAS_TIMES) != 0) {
      in.getInt();
      modified = Integer.toUnsignedLong(in.getInt());
    }
    if ((flags & Packet.HAS_EXTENDED) != 0) {
      for (int left = in.getInt(); left > 0; left--) {
        Reply.bytes(in);
        Reply.bytes(in);
      }
    }
    return new Attributes(kind(mode), size, modified);
  }

  ObjectStat at(ObjectPath path) {
    return new ObjectStat(
        path, kind, kind == Kind.FILE ? size : 0, Instant.ofEpochSecond(modifiedSecond), "");
  }

  private static Kind kind(int mode) {
    return switch (mode & TYPE_MASK) {
      case TYPE_FILE -> Kind.FILE;
      case TYPE_FOLDER -> Kind.FOLDER;
      case TYPE_LINK -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }
}
