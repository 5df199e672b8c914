// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import java.lang.foreign.Arena;
import java.lang.foreign.Linker;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.lang.invoke.VarHandle;
import java.time.Instant;

/** Native memory for the arguments and answers of one call at a time. Pooled; for one thread. */
final class Frame {

  static final long HOW_SIZE = 24;
  static final int STATX_BASIC = 0x7ff;

  /** The kernel takes no longer path in one call. */
  static final int PATH_LIMIT = 4096;

  private static final long RESOLVE_NO_MAGICLINKS = 0x02;
  private static final long RESOLVE_NO_SYMLINKS = 0x04;
  private static final long RESOLVE_BENEATH = 0x08;
  static final long WITHOUT_LINKS = RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS;
  static final long CONFINED = RESOLVE_NO_MAGICLINKS | RESOLVE_NO_SYMLINKS | RESOLVE_BENEATH;

  private static final VarHandle ERRNO =
      Linker.Option.captureStateLayout()
          .varHandle(java.lang.foreign.MemoryLayout.PathElement.groupElement("errno"));

  final MemorySegment state;
  final MemorySegment how;
  final MemorySegment stat;
  private final MemorySegment times;
  final MemorySegment empty;
  private final MemorySegment first;
  private final MemorySegment second;
  private long resolve = CONFINED;

  Frame() {
    Arena arena = Arena.ofAuto();
    state = arena.allocate(Linker.Option.captureStateLayout());
    how = arena.allocate(HOW_SIZE, 8);
    stat = arena.allocate(256, 8);
    times = arena.allocate(32, 8);
    empty = arena.allocate(1);
    first = arena.allocate(PATH_LIMIT);
    second = arena.allocate(PATH_LIMIT);
  }

  int errno() {
    return (int) ERRNO.get(state, 0L);
  }

  int answer(int result) {
    return result < 0 ? -errno() : result;
  }

  void openHow(long flags, long mode) {
    how.set(ValueLayout.JAVA_LONG, 0, flags);
    how.set(ValueLayout.JAVA_LONG, 8, mode);
    how.set(ValueLayout.JAVA_LONG, 16, resolve);
  }

  /**
   * How paths of the next opens are walked: {@link #CONFINED}, or freely for the base's own path.
   */
  void resolve(long rule) {
    resolve = rule;
  }

  /** The two times of a file: when it was read, left as it is, and when it was changed. */
  MemorySegment times(Instant modified) {
    times.set(ValueLayout.JAVA_LONG, 8, Flags.UTIME_OMIT);
    times.set(ValueLayout.JAVA_LONG, 16, modified.getEpochSecond());
    times.set(ValueLayout.JAVA_LONG, 24, modified.getNano());
    return times;
  }

  MemorySegment first(byte[] name) {
    return put(name, first);
  }

  MemorySegment second(byte[] name) {
    return put(name, second);
  }

  private static MemorySegment put(byte[] name, MemorySegment into) {
    MemorySegment.copy(name, 0, into, ValueLayout.JAVA_BYTE, 0, name.length);
    into.set(ValueLayout.JAVA_BYTE, name.length, (byte) 0);
    return into;
  }
}
