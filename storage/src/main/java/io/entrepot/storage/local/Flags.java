// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

/** Bits of Linux calls that are the same on every machine we call natively, or chosen by it. */
final class Flags {

  private static final boolean ARM = System.getProperty("os.arch", "").equals("aarch64");

  private static final int O_WRONLY = 01;
  private static final int O_CREAT = 0100;
  private static final int O_EXCL = 0200;
  private static final int O_NONBLOCK = 04000;
  private static final int O_CLOEXEC = 02000000;
  private static final int O_PATH = 010000000;
  private static final int O_DIRECTORY = ARM ? 040000 : 0200000;
  private static final int O_NOFOLLOW = ARM ? 0100000 : 0400000;

  /** Not blocking, so that a pipe nobody writes to cannot hold us. */
  static final int READ = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;

  static final int CREATE = O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW;
  static final int LOOK = O_PATH | O_CLOEXEC | O_NOFOLLOW;
  static final int FOLDER = O_DIRECTORY | O_CLOEXEC;
  static final int FOLDER_LOOK = O_PATH | O_DIRECTORY | O_CLOEXEC;

  static final int AT_SYMLINK_NOFOLLOW = 0x100;
  static final int AT_REMOVEDIR = 0x200;
  static final int AT_EMPTY_PATH = 0x1000;
  static final int RENAME_NOREPLACE = 1;
  static final int FADV_SEQUENTIAL = 2;
  static final int FADV_DONTNEED = 4;
  static final long UTIME_OMIT = 0x3ffffffe;

  private Flags() {}
}
