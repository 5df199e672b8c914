// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

/**
 * Folders in which we made folders and that were not flushed since. A published name survives only
 * when the names of the folders above it do.
 */
final class NewFolders {

  private final Map<ObjectPath, Long> changes = new ConcurrentHashMap<>();

  void in(ObjectPath folder) {
    changes.merge(folder, 1L, Long::sum);
  }

  /** Flushes this folder's unflushed ancestors; itself is the caller's. */
  void flushAbove(ObjectPath folder, Consumer<ObjectPath> flush) {
    ObjectPath above = folder;
    while (!changes.isEmpty() && !above.isBase()) {
      above = above.parent();
      Long seen = changes.get(above);
      if (seen != null) {
        flush.accept(above);
        changes.remove(above, seen);
      }
    }
  }
}
