// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import java.lang.foreign.Arena;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The entries of one open folder, as the kernel hands them out: raw names, a buffer at a time. */
final class FolderEntries implements FolderListing {

  private static final int LENGTH = 16;
  private static final int NAME = 19;
  private static final int BUFFER = 64 * 1024;

  private final LocalStore store;
  private final ObjectPath folder;
  private final int descriptor;
  private final Frame frame;
  private final MemorySegment entries = Arena.ofAuto().allocate(BUFFER, 8);
  private int at;
  private int end;
  private @Nullable ObjectStat next;
  private @Nullable StoreException refused;
  private boolean closed;

  FolderEntries(LocalStore store, ObjectPath folder, int descriptor) {
    this.store = store;
    this.folder = folder;
    this.descriptor = descriptor;
    this.frame = store.frames().take();
  }

  @Override
  public boolean hasNext() {
    while (next == null && refused == null && (at < end || fill())) {
      int entry = at;
      at += entries.get(ValueLayout.JAVA_SHORT, entry + LENGTH) & 0xffff;
      next = look(entry + NAME);
    }
    return next != null || refused != null;
  }

  @Override
  public ObjectStat next() {
    boolean more = hasNext();
    if (refused != null) {
      StoreException why = refused;
      refused = null;
      throw why;
    }
    if (!more || next == null) {
      throw new NoSuchElementException("no more entries in \"" + folder + "\"");
    }
    ObjectStat found = next;
    next = null;
    return found;
  }

  private boolean fill() {
    if (closed) {
      return false;
    }
    LocalStore.refuseInterrupted(folder);
    int got = Libc.getdents(frame, descriptor, entries);
    if (got < 0) {
      throw Errno.whileReading(-got, folder);
    }
    at = 0;
    end = got;
    return got > 0;
  }

  /**
   * Null for the two dots, for what vanished since the kernel named it, and for what is refused.
   */
  private @Nullable ObjectStat look(int nameAt) {
    byte[] name = name(nameAt);
    if (name[0] == '.' && (name.length == 1 || (name.length == 2 && name[1] == '.'))) {
      return null;
    }
    int answer = Libc.statx(frame, descriptor, entries.asSlice(nameAt), Flags.AT_SYMLINK_NOFOLLOW);
    if (answer == -Errno.ENOENT) {
      return null;
    }
    ObjectPath path;
    try {
      path = folder.child(ObjectPath.decode(name));
    } catch (StoreException e) {
      refused = e;
      return null;
    }
    if (answer < 0) {
      throw Errno.whileReading(-answer, path);
    }
    return Statx.toObject(frame, path);
  }

  private byte[] name(int nameAt) {
    int length = 0;
    while (entries.get(ValueLayout.JAVA_BYTE, nameAt + length) != 0) {
      length++;
    }
    byte[] name = new byte[length];
    MemorySegment.copy(entries, ValueLayout.JAVA_BYTE, nameAt, name, 0, length);
    return name;
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      next = null;
      refused = null;
      at = 0;
      end = 0;
      int ignored = Libc.close(frame, descriptor);
      store.frames().give(frame);
    }
  }
}
