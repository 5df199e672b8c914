// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.function.IntSupplier;

/**
 * Folders in which we made folders and that were not flushed since. A published name survives only
 * when the names of the folders above it do.
 */
final class NewFolders {

  /**
   * @param making how many folders are just being made there
   * @param changes tells of what was made while a flush was under way
   */
  private record Unflushed(int making, long changes) {}

  private final Map<ObjectPath, Unflushed> folders = new ConcurrentHashMap<>();

  /**
   * Makes a folder in this one. Noted before it is there: as soon as it is, another thread can
   * publish in it.
   */
  int make(ObjectPath in, IntSupplier call) {
    folders.merge(in, new Unflushed(1, 1), NewFolders::sum);
    try {
      return call.getAsInt();
    } finally {
      folders.merge(in, new Unflushed(-1, 1), NewFolders::sum);
    }
  }

  private static Unflushed sum(Unflushed one, Unflushed other) {
    return new Unflushed(one.making + other.making, one.changes + other.changes);
  }

  /** Flushes this folder's unflushed ancestors; itself is the caller's. */
  void flushAbove(ObjectPath folder, Consumer<ObjectPath> flush) {
    ObjectPath above = folder;
    while (!folders.isEmpty() && !above.isBase()) {
      above = above.parent();
      Unflushed seen = folders.get(above);
      if (seen != null) {
        flush.accept(above);
        // The flush may have come before what is just being made.
        if (seen.making == 0) {
          folders.remove(above, seen);
        }
      }
    }
  }
}
