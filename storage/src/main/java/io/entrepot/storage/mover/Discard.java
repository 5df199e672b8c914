// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;

/** Removes temporaries, also on a thread that was interrupted. */
final class Discard {

  private Discard() {}

  static void from(Store store, ObjectPath place) {
    boolean interrupted = Thread.interrupted();
    try {
      store.delete(place);
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
