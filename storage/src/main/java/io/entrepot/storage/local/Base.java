// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The open descriptor of a store's base folder, and the knowledge which folder that was.
 *
 * <p>The descriptor is closed only when nobody uses it: a number used after its close could belong
 * to a folder that somebody else has opened meanwhile.
 */
final class Base {

  private static final int NOT_OPEN = -1;

  private final byte[] path;
  private final byte[] marker;
  private final long resolve;
  private final AtomicInteger users = new AtomicInteger(1);
  private volatile int descriptor = NOT_OPEN;
  private long device;
  private long inode;
  private boolean closed;

  Base(LocalSettings settings) {
    path = settings.base().toAbsolutePath().toString().getBytes(StandardCharsets.UTF_8);
    marker = settings.marker().getBytes(StandardCharsets.UTF_8);
    resolve = settings.exact() ? Frame.WITHOUT_LINKS : 0;
  }

  /** The descriptor, opened when it was not; {@link #release} it. */
  int acquire(Frame frame) {
    int before;
    do {
      before = users.get();
      if (before == 0) {
        throw new IllegalStateException("this store is closed");
      }
    } while (!users.compareAndSet(before, before + 1));
    try {
      return descriptor == NOT_OPEN ? open(frame) : descriptor;
    } catch (RuntimeException e) {
      release(frame);
      throw e;
    }
  }

  void release(Frame frame) {
    if (users.decrementAndGet() == 0 && descriptor != NOT_OPEN) {
      int ignored = Libc.close(frame, descriptor);
    }
  }

  /** The device the base is on; for who has acquired it. */
  long device() {
    return device;
  }

  synchronized void close(Frame frame) {
    if (!closed) {
      closed = true;
      release(frame);
    }
  }

  private synchronized int open(Frame frame) {
    if (descriptor != NOT_OPEN) {
      return descriptor;
    }
    frame.resolve(resolve);
    int opened;
    try {
      opened = Libc.openat2(frame, Libc.AT_FDCWD, frame.first(path), Flags.FOLDER, 0);
    } finally {
      frame.resolve(Frame.CONFINED);
    }
    if (opened == -Errno.EACCES || opened == -Errno.EPERM) {
      throw new StoreException(
          ErrorCode.STORE_ACCESS_DENIED,
          "the folder " + this + " may not be opened. Grant the server's account access.");
    }
    if (opened == -Errno.ELOOP) {
      throw linked(toString());
    }
    if (opened < 0) {
      throw missing();
    }
    int answer = Libc.statx(frame, opened, frame.empty, Flags.AT_EMPTY_PATH);
    boolean marked = answer >= 0 && markerIsThere(frame, opened);
    if (!marked) {
      int ignored = Libc.close(frame, opened);
      throw answer < 0 ? missing() : unmarked();
    }
    device = Statx.device(frame);
    inode = Statx.inode(frame);
    descriptor = opened;
    return opened;
  }

  /** Fails when the folder that was opened no longer stands under its path. */
  void verify(Frame frame) {
    int answer = Libc.statx(frame, Libc.AT_FDCWD, frame.first(path), 0);
    if (answer < 0 || Statx.device(frame) != device || Statx.inode(frame) != inode) {
      throw missing();
    }
    if (!markerIsThere(frame, descriptor)) {
      throw unmarked();
    }
  }

  private boolean markerIsThere(Frame frame, int base) {
    if (marker.length == 0) {
      return true;
    }
    // statx() of the marker overwrites the answer about the base, which is looked at first.
    long keepDevice = Statx.device(frame);
    long keepInode = Statx.inode(frame);
    boolean there = Libc.statx(frame, base, frame.first(marker), Flags.AT_SYMLINK_NOFOLLOW) >= 0;
    Statx.restore(frame, keepDevice, keepInode);
    return there;
  }

  static StoreException linked(String base) {
    return new StoreException(
        ErrorCode.STORE_ROOT_MISSING,
        "on the way to the folder %s stands a link that leads nowhere, or was not there a moment ago. Restore the folder and try again."
            .formatted(base));
  }

  private StoreException missing() {
    return new StoreException(
        ErrorCode.STORE_ROOT_MISSING,
        "the folder "
            + this
            + " is not there, or is not the one that was opened. Mount or restore it.");
  }

  private StoreException unmarked() {
    return new StoreException(
        ErrorCode.STORE_ROOT_MISSING,
        "the folder %s lacks the file \"%s\" by which it is known. Mount its disk there. If another folder now takes its place, put an empty file of that name into it."
            .formatted(this, new String(marker, StandardCharsets.UTF_8)));
  }

  @Override
  public String toString() {
    return new String(path, StandardCharsets.UTF_8);
  }
}
