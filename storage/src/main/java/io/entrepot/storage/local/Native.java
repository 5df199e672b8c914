// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

/** Whether the calls that {@link LocalStore} is made of work here. */
final class Native {

  /** Why not, in words for an administrator; empty when they do. */
  static final String OBSTACLE = obstacle();

  static final boolean USABLE = OBSTACLE.isEmpty();

  private Native() {}

  private static String obstacle() {
    if (!Syscalls.known()) {
      return "this is not Linux on x86-64 or 64-bit ARM";
    }
    try {
      return obstacle(tried(), Syscalls.kernelIsAtLeast(5, 6));
    } catch (LinkageError | IllegalCallerException | IllegalStateException e) {
      return "the JVM may not call the system: " + e.getMessage();
    }
  }

  /** Tried, not asked: old kernels and some containers have the call refused. */
  private static int tried() {
    Frame frame = new Frame();
    int opened = Libc.openat2(frame, Libc.AT_FDCWD, frame.first(new byte[] {'.'}), Flags.FOLDER, 0);
    if (opened >= 0) {
      int ignored = Libc.close(frame, opened);
    }
    return opened;
  }

  /**
   * @param answer of the kernel to the call
   * @param young whether the kernel's version should have it
   */
  static String obstacle(int answer, boolean young) {
    if (has(answer)) {
      return "";
    }
    return young
        ? "the system call openat2 is refused with error "
            + -answer
            + ", as by the seccomp filter of an old container runtime"
        : "the kernel is older than Linux 5.6 and lacks the system call openat2";
  }

  /**
   * Whether the kernel has the call that it gave this answer to. One that could open nothing more
   * just then has it; what is found out here holds for the life of the process.
   */
  static boolean has(int answer) {
    return switch (-answer) {
      case Errno.EMFILE, Errno.ENFILE, Errno.ENOMEM -> true;
      default -> answer >= 0;
    };
  }
}
