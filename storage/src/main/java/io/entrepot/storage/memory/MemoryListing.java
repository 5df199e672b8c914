// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;

/** Describes children as they are when asked for; those deleted meanwhile are left out. */
final class MemoryListing implements FolderListing {

  private final MemoryStore store;
  private final ObjectPath folder;
  private final Iterator<String> names;
  private Optional<ObjectStat> next = Optional.empty();

  MemoryListing(MemoryStore store, ObjectPath folder, Iterator<String> names) {
    this.store = store;
    this.folder = folder;
    this.names = names;
  }

  @Override
  public boolean hasNext() {
    while (next.isEmpty() && names.hasNext()) {
      next = store.stat(folder.child(names.next()));
    }
    return next.isPresent();
  }

  @Override
  public ObjectStat next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    ObjectStat stat = next.orElseThrow();
    next = Optional.empty();
    return stat;
  }

  @Override
  public void close() {}
}
