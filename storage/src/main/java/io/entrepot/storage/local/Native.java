// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

/** Whether the calls that {@link LocalStore} is made of work here. */
final class Native {

  static final boolean USABLE = Syscalls.known() && confinedOpenWorks();

  private Native() {}

  /** Tried, not asked: old kernels and some containers have the call refused. */
  private static boolean confinedOpenWorks() {
    try {
      Frame frame = new Frame();
      int opened =
          Libc.openat2(frame, Libc.AT_FDCWD, frame.first(new byte[] {'.'}), Flags.FOLDER, 0);
      if (opened >= 0) {
        int ignored = Libc.close(frame, opened);
      }
      return has(opened);
    } catch (LinkageError | IllegalCallerException | IllegalStateException e) {
      return false;
    }
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
