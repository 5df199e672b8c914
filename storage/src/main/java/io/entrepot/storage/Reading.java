// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import java.io.InputStream;
import java.util.Iterator;
import java.util.List;

/**
 * Files read whole, one after another, each as {@link Store#read} gives it. For one thread; close
 * it.
 */
public interface Reading extends AutoCloseable {

  /**
   * The next file; the stream before it is closed by this. What goes wrong with one file is thrown
   * for that one, and the call after it gives the next.
   *
   * @throws java.util.NoSuchElementException after the last file
   */
  InputStream next();

  /** Never fails: what could go wrong was told by the streams. */
  @Override
  void close();

  /** Asks the store for each file when its turn comes. */
  static Reading oneByOne(Store store, List<ObjectStat> files) {
    Iterator<ObjectStat> left = files.iterator();
    return new Reading() {
      @Override
      public InputStream next() {
        return store.read(left.next().path(), ReadOptions.WHOLE);
      }

      @Override
      public void close() {}
    };
  }
}
