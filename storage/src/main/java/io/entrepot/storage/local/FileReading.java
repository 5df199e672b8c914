// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.StoreException;
import java.io.InputStream;

/** Opens one file for reading: nothing else, and nothing that could block on being opened. */
final class FileReading {

  private static final long LARGE = 4L << 20;

  private FileReading() {}

  static InputStream open(LocalStore store, Beneath beneath, ObjectPath path, ReadOptions options) {
    int file = beneath.open(path, Flags.READ);
    if (file == -Errno.ENOENT) {
      throw beneath.absent(path);
    }
    if (file < 0) {
      throw file == -Errno.ENXIO ? notReadable(path) : Errno.whileReading(-file, path);
    }
    try {
      beneath.look(file, path);
      refuseAllButFiles(Statx.kind(beneath.frame), path);
      advise(beneath.frame, file, options);
      return new FileInput(store, path, file, options);
    } catch (RuntimeException e) {
      beneath.close(file);
      throw e;
    }
  }

  private static void refuseAllButFiles(Kind kind, ObjectPath path) {
    switch (kind) {
      case FILE -> {}
      case FOLDER ->
          throw new StoreException(
              ErrorCode.STORE_NOT_FOUND, "\"" + path + "\" is a folder, not a file.");
      case LINK, OTHER -> throw notReadable(path);
    }
  }

  private static StoreException notReadable(ObjectPath path) {
    return new StoreException(
        ErrorCode.PATH_REFUSED,
        "\"" + path + "\" is a pipe, socket or device, and is never opened.");
  }

  private static void advise(Frame frame, int file, ReadOptions options) {
    if (options.fromMedium()) {
      Libc.fadvise(frame, file, 0, 0, Flags.FADV_DONTNEED);
    }
    if (Math.min(Statx.size(frame), options.length()) >= LARGE) {
      Libc.fadvise(frame, file, 0, 0, Flags.FADV_SEQUENTIAL);
    }
  }
}
