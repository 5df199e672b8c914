// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import java.lang.foreign.MemorySegment;
import java.time.Instant;
import java.util.Optional;

/**
 * One verb's look below the base. Every path is handed to the kernel whole, with the order to stay
 * beneath the base and to follow no link; calls that have no such order get a folder opened that
 * way and a single name.
 *
 * <p>Descriptors returned here are the caller's to close.
 */
final class Beneath {

  private static final byte[] SELF = {'.'};

  final Frame frame;
  final Base base;
  final int root;

  Beneath(Frame frame, Base base, int root) {
    this.frame = frame;
    this.base = base;
    this.root = root;
  }

  /** A descriptor, or minus the error number. */
  int open(ObjectPath path, int flags) {
    byte[] bytes = path.isBase() ? SELF : path.bytes();
    if (bytes.length >= Frame.PATH_LIMIT) {
      return -Errno.ENAMETOOLONG;
    }
    return Libc.openat2(frame, root, frame.first(bytes), flags, flags == Flags.CREATE ? 0666 : 0);
  }

  void close(int descriptor) {
    int ignored = Libc.close(frame, descriptor);
  }

  /** Looks at an open object; its answer is in the frame. */
  void look(int descriptor, ObjectPath path) {
    int answer = Libc.statx(frame, descriptor, frame.empty, Flags.AT_EMPTY_PATH);
    if (answer < 0) {
      throw Errno.whileReading(-answer, path);
    }
  }

  /** Empty when it is not there; links are not followed. */
  Optional<ObjectStat> stat(ObjectPath path) {
    int object = open(path, Flags.LOOK);
    if (object == -Errno.ENOENT || object == -Errno.ENOTDIR) {
      base.verify(frame);
      return Optional.empty();
    }
    if (object < 0) {
      throw Errno.whileReading(-object, path);
    }
    try {
      look(object, path);
      return Optional.of(Statx.toObject(frame, path));
    } finally {
      close(object);
    }
  }

  /** The folder above, to change something in it; minus the error number when it is not there. */
  int parentOf(ObjectPath path) {
    return open(path.parent(), Flags.FOLDER_LOOK);
  }

  MemorySegment nameOf(ObjectPath path) {
    return frame.first(path.nameBytes());
  }

  private MemorySegment secondNameOf(ObjectPath path) {
    return frame.second(path.nameBytes());
  }

  /** Removes a file or link, not a folder; minus the error number when it could not. */
  int unlink(ObjectPath path) {
    int parent = parentOf(path);
    if (parent < 0) {
      return parent;
    }
    try {
      return Libc.unlinkat(frame, parent, nameOf(path), 0);
    } finally {
      close(parent);
    }
  }

  /** Removes an empty folder; minus the error number when it could not. */
  private int removeFolder(ObjectPath path) {
    int parent = parentOf(path);
    if (parent < 0) {
      return parent;
    }
    try {
      return Libc.unlinkat(frame, parent, nameOf(path), Flags.AT_REMOVEDIR);
    } finally {
      close(parent);
    }
  }

  int renameOver(int folder, ObjectPath from, ObjectPath to) {
    return Libc.renameat2(frame, folder, nameOf(from), folder, secondNameOf(to), 0);
  }

  /** Replaces nothing. File systems that cannot rename so get a second name and lose the first. */
  int renameToFree(int fromFolder, ObjectPath from, int toFolder, ObjectPath to) {
    MemorySegment fromName = nameOf(from);
    MemorySegment toName = secondNameOf(to);
    int answer =
        Libc.renameat2(frame, fromFolder, fromName, toFolder, toName, Flags.RENAME_NOREPLACE);
    if (answer != -Errno.EINVAL) {
      return answer;
    }
    int linked = Libc.linkat(frame, fromFolder, fromName, toFolder, toName);
    if (linked < 0) {
      return linked;
    }
    int removed = Libc.unlinkat(frame, fromFolder, fromName, 0);
    if (removed < 0) {
      int ignored = Libc.unlinkat(frame, toFolder, toName, 0);
    }
    return removed;
  }

  int setModified(ObjectPath path, Instant modified) {
    int parent = path.isBase() ? -Errno.EISDIR : parentOf(path);
    if (parent < 0) {
      return parent;
    }
    try {
      MemorySegment times = frame.times(modified);
      return Libc.utimensat(frame, parent, nameOf(path), times, Flags.AT_SYMLINK_NOFOLLOW);
    } finally {
      close(parent);
    }
  }

  /** Removes a file, link or empty folder, if it is there. */
  void delete(ObjectPath path) {
    int answer = unlink(path);
    if (answer == -Errno.EISDIR) {
      answer = removeFolder(path);
    }
    switch (-answer) {
      case 0 -> {}
      case Errno.ENOENT, Errno.ENOTDIR -> base.verify(frame);
      case Errno.ENOTEMPTY, Errno.EEXIST ->
          throw new StoreException(
              ErrorCode.CONFLICT_STATE,
              "the folder \"" + path + "\" is not empty. Delete what is in it first.");
      default -> throw Errno.whileWriting(-answer, path);
    }
  }

  /** Brings a file to the medium, its name, and the names of all folders above it. */
  void flush(ObjectPath path, Durability durability) {
    flushFile(path, durability);
    ObjectPath above = path;
    while (!above.isBase()) {
      above = above.parent();
      flushFolder(above, durability);
    }
  }

  void flushFile(ObjectPath path, Durability durability) {
    int file = open(path, Flags.READ);
    if (file == -Errno.ENOENT) {
      throw absent(path);
    }
    if (file < 0) {
      throw Errno.whileReading(-file, path);
    }
    try {
      durability.file(frame, file, path);
    } finally {
      close(file);
    }
  }

  void flushFolder(ObjectPath path, Durability durability) {
    int folder = checked(open(path, Flags.FOLDER), path);
    try {
      durability.folder(frame, folder, path);
    } finally {
      close(folder);
    }
  }

  /** "Not there", unless it is the base itself that is gone. */
  StoreException absent(ObjectPath path) {
    base.verify(frame);
    return Errno.whileReading(Errno.ENOENT, path);
  }

  /**
   * Opens a folder, making it and those above it where they are missing.
   *
   * @return its descriptor, good for flushing too
   */
  int folder(ObjectPath path, NewFolders made) {
    int there = open(path, Flags.FOLDER);
    return there == -Errno.ENOENT ? makeFolder(path, made) : checked(there, path);
  }

  private int makeFolder(ObjectPath path, NewFolders made) {
    base.verify(frame);
    int above = folder(path.parent(), made);
    try {
      int answer = made.make(path.parent(), () -> Libc.mkdirat(frame, above, nameOf(path), 0777));
      if (answer < 0 && answer != -Errno.EEXIST) {
        throw answer == -Errno.ENOENT ? absent(path) : Errno.whileWriting(-answer, path);
      }
    } finally {
      close(above);
    }
    return checked(open(path, Flags.FOLDER), path);
  }

  private int checked(int descriptor, ObjectPath path) {
    if (descriptor == -Errno.ENOTDIR) {
      throw new StoreException(
          ErrorCode.ALREADY_EXISTS,
          "\"" + path + "\" cannot be a folder: a file stands there. Remove it or choose another.");
    }
    if (descriptor < 0) {
      throw descriptor == -Errno.ENOENT ? absent(path) : Errno.whileWriting(-descriptor, path);
    }
    return descriptor;
  }
}
