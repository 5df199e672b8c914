// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;
import static java.lang.foreign.ValueLayout.JAVA_SHORT;

import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.lang.foreign.MemorySegment;
import java.time.Instant;

/** Reads the kernel's {@code struct statx}: byte positions are from its manual page. */
final class Statx {

  private static final int MODE = 28;
  private static final int INODE = 32;
  private static final int SIZE = 40;
  private static final int CHANGED_SECONDS = 96;
  private static final int CHANGED_NANOS = 104;
  private static final int MODIFIED_SECONDS = 112;
  private static final int MODIFIED_NANOS = 120;
  private static final int DEVICE_MAJOR = 136;
  private static final int DEVICE_MINOR = 140;

  private static final int TYPE_MASK = 0170000;
  private static final int REGULAR = 0100000;
  private static final int DIRECTORY = 0040000;
  private static final int SYMBOLIC_LINK = 0120000;

  private Statx() {}

  static Kind kind(Frame frame) {
    return switch (frame.stat.get(JAVA_SHORT, MODE) & TYPE_MASK) {
      case REGULAR -> Kind.FILE;
      case DIRECTORY -> Kind.FOLDER;
      case SYMBOLIC_LINK -> Kind.LINK;
      default -> Kind.OTHER;
    };
  }

  static long device(Frame frame) {
    return frame.stat.get(JAVA_LONG, DEVICE_MAJOR);
  }

  static long inode(Frame frame) {
    return frame.stat.get(JAVA_LONG, INODE);
  }

  static long size(Frame frame) {
    return frame.stat.get(JAVA_LONG, SIZE);
  }

  static void restore(Frame frame, long device, long inode) {
    frame.stat.set(JAVA_LONG, DEVICE_MAJOR, device);
    frame.stat.set(JAVA_LONG, INODE, inode);
  }

  static ObjectStat toObject(Frame frame, ObjectPath path) {
    MemorySegment stat = frame.stat;
    Kind kind = kind(frame);
    Instant modified =
        Instant.ofEpochSecond(
            stat.get(JAVA_LONG, MODIFIED_SECONDS), stat.get(JAVA_INT, MODIFIED_NANOS));
    return new ObjectStat(
        path, kind, kind == Kind.FILE ? size(frame) : 0, modified, fingerprint(stat));
  }

  private static String fingerprint(MemorySegment stat) {
    long device =
        ((long) stat.get(JAVA_INT, DEVICE_MAJOR) << 32)
            | (stat.get(JAVA_INT, DEVICE_MINOR) & 0xffff_ffffL);
    return Long.toHexString(device)
        + ":"
        + Long.toHexString(stat.get(JAVA_LONG, INODE))
        + ":"
        + stat.get(JAVA_LONG, CHANGED_SECONDS)
        + "."
        + stat.get(JAVA_INT, CHANGED_NANOS);
  }
}
