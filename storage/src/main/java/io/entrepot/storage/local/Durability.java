// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;

/**
 * Brings what was written to the medium. The kernel reports a failed flush once and then forgets
 * it, so asking again would only sound like success: after the first failure every store of that
 * medium refuses every change.
 */
final class Durability {

  /** How the kernel is asked to flush; minus the error number when it could not. */
  interface Flush {
    int file(Frame frame, int descriptor);

    int volume(Frame frame, int descriptor);
  }

  static final Flush KERNEL =
      new Flush() {
        @Override
        public int file(Frame frame, int descriptor) {
          return Libc.fsync(frame, descriptor);
        }

        @Override
        public int volume(Frame frame, int descriptor) {
          return Libc.syncfs(frame, descriptor);
        }
      };

  private final Flush flush;
  private final Medium medium;

  Durability(Flush flush, Medium medium) {
    this.flush = flush;
    this.medium = medium;
  }

  void refuseAfterFailure() {
    medium
        .failure()
        .ifPresent(
            told -> {
              throw new StoreException(ErrorCode.STORE_READ_ONLY, told);
            });
  }

  void file(Frame frame, int descriptor, Object named) {
    check(flush.file(frame, descriptor), named);
  }

  void folder(Frame frame, int descriptor, Object named) {
    int answer = flush.file(frame, descriptor);
    // Some network file systems have no flush for folders and say so; they order names themselves.
    check(answer == -Errno.EINVAL ? 0 : answer, named);
  }

  void volume(Frame frame, int descriptor, Object named) {
    check(flush.volume(frame, descriptor), named);
  }

  private void check(int answer, Object named) {
    if (answer == -Errno.ENOSPC || answer == -Errno.EDQUOT) {
      // Where room is given out late, a full disk shows here; nothing is wrong with the medium.
      throw new StoreException(
          ErrorCode.STORE_FULL,
          "\""
              + named
              + "\" was not written: no space (or quota) is left. Free some, then try again.");
    }
    if (answer < 0) {
      medium.failed(
          "flushing \""
              + named
              + "\" to its medium failed with system error "
              + -answer
              + ", so what was written last may be lost. Nothing more is written there:"
              + " check the disk, then test the connection again and verify.");
      refuseAfterFailure();
    }
  }
}
