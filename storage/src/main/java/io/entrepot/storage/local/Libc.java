// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static java.lang.foreign.ValueLayout.ADDRESS;
import static java.lang.foreign.ValueLayout.JAVA_INT;
import static java.lang.foreign.ValueLayout.JAVA_LONG;

import java.lang.foreign.FunctionDescriptor;
import java.lang.foreign.Linker;
import java.lang.foreign.MemoryLayout;
import java.lang.foreign.MemorySegment;
import java.lang.invoke.MethodHandle;

/**
 * The calls to the C library that the local store makes. Each returns what C returns, or minus the
 * error number. One that opens, looks, lists, reads or writes is made again when a signal broke it
 * off. The others are made once, and their first answer counts: of those that flush because it may
 * be told only once, of those that change names because they may have done their work.
 */
final class Libc {

  static final int AT_FDCWD = -100;

  private static final Linker LINKER = Linker.nativeLinker();
  private static final Syscalls NUMBERS = Syscalls.ofThisMachine();

  private static final MethodHandle OPENAT2 = syscall(JAVA_INT, ADDRESS, ADDRESS, JAVA_LONG);
  private static final MethodHandle STATX = syscall(JAVA_INT, ADDRESS, JAVA_INT, JAVA_INT, ADDRESS);
  private static final MethodHandle RENAMEAT2 =
      syscall(JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle GETDENTS = syscall(JAVA_INT, ADDRESS, JAVA_LONG);

  private static final MethodHandle PREAD =
      call("pread", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG, JAVA_LONG);
  private static final MethodHandle WRITE = call("write", JAVA_LONG, JAVA_INT, ADDRESS, JAVA_LONG);
  private static final MethodHandle CLOSE = call("close", JAVA_INT, JAVA_INT);
  private static final MethodHandle MKDIRAT =
      call("mkdirat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle UNLINKAT =
      call("unlinkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle LINKAT =
      call("linkat", JAVA_INT, JAVA_INT, ADDRESS, JAVA_INT, ADDRESS, JAVA_INT);
  private static final MethodHandle UTIMENSAT =
      call("utimensat", JAVA_INT, JAVA_INT, ADDRESS, ADDRESS, JAVA_INT);
  private static final MethodHandle FSYNC = call("fsync", JAVA_INT, JAVA_INT);
  private static final MethodHandle SYNCFS = call("syncfs", JAVA_INT, JAVA_INT);
  private static final MethodHandle FADVISE =
      call("posix_fadvise", JAVA_INT, JAVA_INT, JAVA_LONG, JAVA_LONG, JAVA_INT);

  private Libc() {}

  private static MethodHandle syscall(MemoryLayout... arguments) {
    MemoryLayout[] all = new MemoryLayout[arguments.length + 1];
    all[0] = JAVA_LONG;
    System.arraycopy(arguments, 0, all, 1, arguments.length);
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow("syscall"),
        FunctionDescriptor.of(JAVA_LONG, all),
        Linker.Option.firstVariadicArg(1),
        Linker.Option.captureCallState("errno"));
  }

  private static MethodHandle call(String name, MemoryLayout result, MemoryLayout... arguments) {
    return LINKER.downcallHandle(
        LINKER.defaultLookup().findOrThrow(name),
        FunctionDescriptor.of(result, arguments),
        Linker.Option.captureCallState("errno"));
  }

  static int openat2(Frame frame, int folder, MemorySegment path, long flags, long mode) {
    frame.openHow(flags, mode);
    while (true) {
      long result;
      try {
        result =
            (long)
                OPENAT2.invokeExact(
                    frame.state, NUMBERS.openat2(), folder, path, frame.how, Frame.HOW_SIZE);
      } catch (Throwable e) {
        throw broken(e);
      }
      int answer = (int) (result < 0 ? -frame.errno() : result);
      // EAGAIN: something was renamed while the kernel walked; the walk is to be made again.
      if (answer != -Errno.EINTR && answer != -Errno.EAGAIN) {
        return answer;
      }
    }
  }

  static int statx(Frame frame, int folder, MemorySegment path, int flags) {
    while (true) {
      long result;
      try {
        result =
            (long)
                STATX.invokeExact(
                    frame.state,
                    NUMBERS.statx(),
                    folder,
                    path,
                    flags,
                    Frame.STATX_BASIC,
                    frame.stat);
      } catch (Throwable e) {
        throw broken(e);
      }
      int answer = result < 0 ? -frame.errno() : 0;
      if (answer != -Errno.EINTR) {
        return answer;
      }
    }
  }

  static int renameat2(
      Frame frame, int from, MemorySegment fromName, int to, MemorySegment toName, int flags) {
    try {
      long result =
          (long)
              RENAMEAT2.invokeExact(
                  frame.state, NUMBERS.renameat2(), from, fromName, to, toName, flags);
      return result < 0 ? -frame.errno() : 0;
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int getdents(Frame frame, int folder, MemorySegment into) {
    while (true) {
      long result;
      try {
        result =
            (long)
                GETDENTS.invokeExact(
                    frame.state, NUMBERS.getdents64(), folder, into, into.byteSize());
      } catch (Throwable e) {
        throw broken(e);
      }
      int answer = (int) (result < 0 ? -frame.errno() : result);
      if (answer != -Errno.EINTR) {
        return answer;
      }
    }
  }

  static int pread(Frame frame, int file, MemorySegment into, long count, long offset) {
    while (true) {
      long result;
      try {
        result = (long) PREAD.invokeExact(frame.state, file, into, count, offset);
      } catch (Throwable e) {
        throw broken(e);
      }
      int answer = (int) (result < 0 ? -frame.errno() : result);
      if (answer != -Errno.EINTR) {
        return answer;
      }
    }
  }

  static int write(Frame frame, int file, MemorySegment from, long count) {
    while (true) {
      long result;
      try {
        result = (long) WRITE.invokeExact(frame.state, file, from, count);
      } catch (Throwable e) {
        throw broken(e);
      }
      int answer = (int) (result < 0 ? -frame.errno() : result);
      if (answer != -Errno.EINTR) {
        return answer;
      }
    }
  }

  /** Never repeated: the descriptor is gone, whatever the answer. */
  static int close(Frame frame, int descriptor) {
    try {
      return frame.answer((int) CLOSE.invokeExact(frame.state, descriptor));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int mkdirat(Frame frame, int folder, MemorySegment name, int mode) {
    try {
      return frame.answer((int) MKDIRAT.invokeExact(frame.state, folder, name, mode));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int unlinkat(Frame frame, int folder, MemorySegment name, int flags) {
    try {
      return frame.answer((int) UNLINKAT.invokeExact(frame.state, folder, name, flags));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int linkat(Frame frame, int from, MemorySegment fromName, int to, MemorySegment toName) {
    try {
      return frame.answer((int) LINKAT.invokeExact(frame.state, from, fromName, to, toName, 0));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int utimensat(
      Frame frame, int folder, MemorySegment name, MemorySegment times, int flags) {
    try {
      return frame.answer((int) UTIMENSAT.invokeExact(frame.state, folder, name, times, flags));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int fsync(Frame frame, int descriptor) {
    try {
      return frame.answer((int) FSYNC.invokeExact(frame.state, descriptor));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  static int syncfs(Frame frame, int descriptor) {
    try {
      return frame.answer((int) SYNCFS.invokeExact(frame.state, descriptor));
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  /** Advice only: the answer does not matter. */
  static void fadvise(Frame frame, int file, long offset, long length, int advice) {
    try {
      int ignored = (int) FADVISE.invokeExact(frame.state, file, offset, length, advice);
    } catch (Throwable e) {
      throw broken(e);
    }
  }

  private static IllegalStateException broken(Throwable e) {
    return new IllegalStateException("a call to the C library could not be made", e);
  }
}
