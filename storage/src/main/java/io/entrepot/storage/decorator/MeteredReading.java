// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.Reading;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/** Files in turn, each a call of its own. */
final class MeteredReading implements Reading {

  private final MeteredStore store;
  private final Reading reading;
  private @Nullable MeteredInput current;

  MeteredReading(MeteredStore store, Reading reading) {
    this.store = store;
    this.reading = reading;
  }

  @Override
  public InputStream next() {
    endCurrent();
    MeteredCall call = store.begin(Verb.READ);
    MeteredInput next = MeteredStore.opened(call, () -> new MeteredInput(reading.next(), call));
    current = next;
    return next;
  }

  private void endCurrent() {
    if (current != null) {
      current.end();
      current = null;
    }
  }

  @Override
  public void close() {
    endCurrent();
    reading.close();
  }
}
