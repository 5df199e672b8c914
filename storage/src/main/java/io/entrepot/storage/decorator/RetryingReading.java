// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.util.List;
import java.util.NoSuchElementException;

/**
 * Files in turn. One that cannot be had in turn is asked for again by itself, and those behind it
 * in a new turn: the connection of the old one may be gone.
 */
final class RetryingReading implements Reading {

  private final RetryingStore store;
  private final List<ObjectStat> files;
  private int next;
  private Reading inner;

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
    ObjectStat file = files.get(next++);
    InputStream first;
    try {
      first = inner.next();
    } catch (StoreException e) {
      store.waitBeforeAnother(1, e);
      inner.close();
      InputStream alone = store.read(file.path(), ReadOptions.WHOLE);
      inner = store.turn(files.subList(next, files.size()));
      return alone;
    }
    return new ResumingInput(store, file, ReadOptions.WHOLE, first);
  }

  @Override
  public void close() {
    inner.close();
  }
}
