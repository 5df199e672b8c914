// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.time.Instant;

/** What the server says of one object: kind, size in bytes, seconds of last change. */
record Attributes(Kind kind, long size, long modifiedSecond) {

  private static final int TYPE_MASK = 0xf000;
  private static final int TYPE_FOLDER = 0x4000;
  private static final int TYPE_FILE = 0x8000;
  private static final int TYPE_LINK = 0xa000;

  static Attributes parse(Fields in) {
    int flags = in.integer();
    long size = (flags & Packet.HAS_SIZE) != 0 ? in.number() : 0;
    if ((flags & Packet.HAS_OWNER) != 0) {
      in.pass(2 * Integer.BYTES);
    }
    int mode = (flags & Packet.HAS_PERMISSIONS) != 0 ? in.integer() : 0;
    long modified = 0;
    if ((flags & Packet.HAS_TIMES) != 0) {
      in.pass(Integer.BYTES);
      modified = Integer.toUnsignedLong(in.integer());
    }
    if ((flags & Packet.HAS_EXTENDED) != 0) {
      for (int left = in.integer(); left > 0; left--) {
        in.pass(in.integer());
        in.pass(in.integer());
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
