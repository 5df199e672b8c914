// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Unfinished;
import io.entrepot.storage.WriteMode;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;

/**
 * Writes one file. What need not be durable and finds its name free is written under that name;
 * everything else is written beside it and renamed when it is whole.
 */
final class FileWriting {

  private final Durability durability;
  private final NewFolders made;
  private final Pool<Chunk> chunks;
  private final Unfinished unfinished;

  FileWriting(Durability durability, NewFolders made, Pool<Chunk> chunks, Unfinished unfinished) {
    this.durability = durability;
    this.made = made;
    this.chunks = chunks;
    this.unfinished = unfinished;
  }

  ObjectStat write(Beneath beneath, ObjectPath path, InputStream content, WriteOptions options) {
    if (!options.durable()) {
      int created = create(beneath, path);
      if (created >= 0) {
        return writeThere(beneath, created, path, content, options);
      }
      if (created != -Errno.EEXIST || options.mode() == WriteMode.CREATE) {
        throw refused(beneath, created, path);
      }
    }
    return writeBeside(beneath, path, content, options);
  }

  /** A new file open for writing, or minus the error number. */
  private int create(Beneath beneath, ObjectPath path) {
    int created = beneath.open(path, Flags.CREATE);
    if (created == -Errno.ENOENT) {
      beneath.close(beneath.folder(path.parent(), made));
      created = beneath.open(path, Flags.CREATE);
    }
    return created;
  }

  private static RuntimeException refused(Beneath beneath, int answer, ObjectPath path) {
    return answer == -Errno.ENOENT ? beneath.absent(path) : Errno.whileWriting(-answer, path);
  }

  private ObjectStat writeThere(
      Beneath beneath, int file, ObjectPath path, InputStream content, WriteOptions options) {
    boolean whole = false;
    try {
      ObjectStat written = fillAndClose(beneath, file, path, content, options);
      whole = true;
      return written;
    } finally {
      if (!whole) {
        int ignored = beneath.unlink(path);
      }
    }
  }

  private ObjectStat writeBeside(
      Beneath beneath, ObjectPath path, InputStream content, WriteOptions options) {
    ObjectPath beside = unfinished.beside(path);
    int file = create(beneath, beside);
    if (file < 0) {
      throw refused(beneath, file, path);
    }
    boolean moved = false;
    try {
      ObjectStat ignored = fillAndClose(beneath, file, path, content, options);
      moveInPlace(beneath, beside, path, options);
      moved = true;
    } finally {
      if (!moved) {
        int ignored = beneath.unlink(beside);
      }
    }
    return beneath.stat(path).orElseThrow(() -> beneath.absent(path));
  }

  /** A file closed with an error (a quota told late, over the network) was not written. */
  private ObjectStat fillAndClose(
      Beneath beneath, int file, ObjectPath path, InputStream content, WriteOptions options) {
    ObjectStat written;
    int closed;
    try {
      fill(beneath, file, path, content, options);
      beneath.look(file, path);
      written = Statx.toObject(beneath.frame, path);
      if (options.durable()) {
        durability.file(beneath.frame, file, path);
      }
    } finally {
      closed = Libc.close(beneath.frame, file);
    }
    if (closed < 0 && closed != -Errno.EINTR) {
      throw Errno.whileWriting(-closed, path);
    }
    return written;
  }

  private void fill(
      Beneath beneath, int file, ObjectPath path, InputStream content, WriteOptions options) {
    Chunk chunk = chunks.take();
    try {
      new Filling(chunk.heap, count -> chunk.write(beneath.frame, file, count, path), path)
          .from(content, options.size());
    } finally {
      chunks.give(chunk);
    }
  }

  private void moveInPlace(
      Beneath beneath, ObjectPath beside, ObjectPath path, WriteOptions options) {
    int folder = beneath.open(path.parent(), Flags.FOLDER);
    if (folder < 0) {
      throw refused(beneath, folder, path);
    }
    try {
      int answer =
          options.mode() == WriteMode.CREATE
              ? beneath.renameToFree(folder, beside, folder, path)
              : beneath.renameOver(folder, beside, path);
      if (answer < 0) {
        throw refused(beneath, answer, path);
      }
      if (options.durable()) {
        durability.folder(beneath.frame, folder, path.parent());
        made.flushAbove(path.parent(), above -> beneath.flushFolder(above, durability));
      }
    } finally {
      beneath.close(folder);
    }
  }
}
