// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/** Files in turn, of which one that cannot be had in turn is asked for again by itself. */
final class RetryingReading implements Reading {

  private final RetryingStore store;
  private final Reading inner;
  private final Iterator<ObjectStat> files;

  RetryingReading(RetryingStore store, Reading inner, List<ObjectStat> files) {
    this.store = store;
    this.inner = inner;
    this.files = files.iterator();
  }

  @Override
  public InputStream next() {
    ObjectStat file = files.next();
    InputStream first;
    try {
      first = inner.next();
    } catch (StoreException e) {
      store.waitBeforeAnother(1, e);
      return store.read(file.path(), ReadOptions.WHOLE);
    }
    return new ResumingInput(store, file, ReadOptions.WHOLE, first);
  }

  @Override
  public void close() {
    inner.close();
  }
}
