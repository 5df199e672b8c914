// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;

/**
 * Brings what was written to the medium. The kernel reports a failed flush once and then forgets
 * it, so asking again would only sound like success: after the first failure every store of that
 * medium refuses every change, and those that were open then refuse it for good.
 */
final class Durability {

  /** How the kernel is asked to flush; minus the error number when it could not. */
  interface Flush {
    int file(Frame frame, int descriptor);

    int volume(Frame frame, int base);
  }

  static final Flush KERNEL =
      new Flush() {
        @Override
        public int file(Frame frame, int descriptor) {
          return Libc.fsync(frame, descriptor);
        }

        @Override
        public int volume(Frame frame, int base) {
          return Libc.syncfs(frame, base);
        }
      };

  private final Flush flush;
  private final Medium medium;
  private final int failuresBefore;
  private final ReentrantLock ofVolume = new ReentrantLock();
  private final AtomicLong asked = new AtomicLong();
  private long answered;
  private boolean fileByFile;

  Durability(Flush flush, Medium medium) {
    this.flush = flush;
    this.medium = medium;
    this.failuresBefore = medium.failures();
  }

  void refuseAfterFailure() {
    medium
        .failure()
        .ifPresent(
            told -> {
              throw new StoreException(ErrorCode.STORE_READ_ONLY, told);
            });
    // Found well again meanwhile; what this store had written before is lost all the same.
    if (medium.failures() != failuresBefore) {
      throw new StoreException(
          ErrorCode.STORE_READ_ONLY,
          "a flush failed while this work was going on, so what it wrote may be lost. Begin anew.");
    }
  }

  void file(Frame frame, int descriptor, Object named) {
    check(flush.file(frame, descriptor), named);
  }

  void folder(Frame frame, int descriptor, Object named) {
    int answer = flush.file(frame, descriptor);
    // Some network file systems have no flush for folders and say so; they order names themselves.
    check(answer == -Errno.EINVAL ? 0 : answer, named);
  }

  /**
   * Brings all that was written to the volume of the base. The kernel tells of a write that failed
   * once for each open descriptor, whoever asks, so one flush is under way at a time, what it told
   * is known before the next, and all who asked before it began share it.
   *
   * @param base the store's own descriptor, which is told of every failure since it was opened
   * @return whether it did; when not, each file has to be asked for
   */
  boolean volume(Frame frame, int base, Object named) {
    long mine = asked.incrementAndGet();
    ofVolume.lock();
    try {
      refuseAfterFailure();
      if (!fileByFile && answered < mine) {
        long covered = asked.get();
        int answer = flush.volume(frame, base);
        // Whose bytes found no room is not said, and will not be said again of the volume.
        fileByFile = isFull(answer);
        check(answer, named);
        answered = covered;
      }
      return !fileByFile;
    } finally {
      ofVolume.unlock();
    }
  }

  private static boolean isFull(int answer) {
    return answer == -Errno.ENOSPC || answer == -Errno.EDQUOT;
  }

  private void check(int answer, Object named) {
    if (isFull(answer)) {
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
    }
    refuseAfterFailure();
  }
}
