// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;

/** Linux error numbers (the same on every machine we call natively) and what they mean to us. */
final class Errno {

  static final int EPERM = 1;
  static final int ENOENT = 2;
  static final int EINTR = 4;
  static final int ENXIO = 6;
  static final int EAGAIN = 11;
  static final int ENOMEM = 12;
  static final int EACCES = 13;
  static final int EEXIST = 17;
  static final int EXDEV = 18;
  static final int ENOTDIR = 20;
  static final int EISDIR = 21;
  static final int EINVAL = 22;
  static final int ENFILE = 23;
  static final int EMFILE = 24;
  static final int EFBIG = 27;
  static final int ENOSPC = 28;
  static final int EROFS = 30;
  static final int ENAMETOOLONG = 36;
  static final int ENOTEMPTY = 39;
  static final int ELOOP = 40;
  static final int EDQUOT = 122;

  private Errno() {}

  /** For a call that was reading. */
  static StoreException whileReading(int errno, ObjectPath path) {
    return of(errno, path, "read", ErrorCode.STORE_READ_FAILED);
  }

  /** For a call that was changing something. */
  static StoreException whileWriting(int errno, ObjectPath path) {
    if (errno == ENOTDIR) {
      // A file stands where a folder is needed.
      return of(EEXIST, path, "written", ErrorCode.STORE_WRITE_FAILED);
    }
    return of(errno, path, "written", ErrorCode.STORE_WRITE_FAILED);
  }

  private static StoreException of(int errno, ObjectPath path, String verb, ErrorCode otherwise) {
    ErrorCode code =
        switch (errno) {
          case ENOENT, ENOTDIR -> ErrorCode.STORE_NOT_FOUND;
          case EEXIST, EISDIR, ENOTEMPTY -> ErrorCode.ALREADY_EXISTS;
          case ENOSPC, EDQUOT -> ErrorCode.STORE_FULL;
          case EACCES, EPERM -> ErrorCode.STORE_ACCESS_DENIED;
          case EROFS -> ErrorCode.STORE_READ_ONLY;
          case ELOOP, EXDEV -> ErrorCode.PATH_REFUSED;
          case ENAMETOOLONG -> ErrorCode.NAME_REFUSED;
          default -> otherwise;
        };
    return new StoreException(
        code, "\"" + path + "\" was not " + verb + ": " + advice(code, errno));
  }

  private static String advice(ErrorCode code, int errno) {
    return switch (code) {
      case STORE_NOT_FOUND -> "it is not there.";
      case ALREADY_EXISTS -> "something else stands under that name. Remove it or choose another.";
      case STORE_FULL -> "no space (or quota) is left. Free some, then try again.";
      case STORE_ACCESS_DENIED ->
          "the system denies access (error " + errno + "). Grant it to the server's account.";
      case STORE_READ_ONLY -> "the file system is mounted read-only.";
      case PATH_REFUSED -> "a symbolic link is on the way, and links are not followed.";
      case NAME_REFUSED -> "the name or path is too long for this file system.";
      default -> "the system reports error " + errno + ". Check the disk or mount.";
    };
  }
}
