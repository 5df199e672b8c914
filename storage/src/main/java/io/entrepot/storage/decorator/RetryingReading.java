// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * Files in turn. One that cannot be had in turn is asked for again by itself, and those behind it
 * in a new turn: the connection of the old one may be gone.
 */
final class RetryingReading implements Reading {

  private final RetryingStore store;
  private final List<ObjectStat> files;
  private int next;
  private @Nullable Reading inner;

  RetryingReading(RetryingStore store, List<ObjectStat> files) {
    this.store = store;
    this.files = files;
    this.inner = store.turn(files);
  }

  @Override
  public InputStream next() {
    if (next == files.size()) {
      throw new NoSuchElementException();
    }
    // A new turn begins here, not where the old one broke: the file read alone needs a connection.
    Reading turn = inner == null ? store.turn(files.subList(next, files.size())) : inner;
    inner = turn;
    ObjectStat file = files.get(next++);
    InputStream first;
    try {
      first = turn.next();
    } catch (StoreException e) {
      store.waitBeforeAnother(1, e);
      turn.close();
      inner = null;
      return store.read(file.path(), ReadOptions.WHOLE);
    }
    return new ResumingInput(store, file, ReadOptions.WHOLE, first);
  }

  @Override
  public void close() {
    if (inner != null) {
      inner.close();
    }
  }
}
