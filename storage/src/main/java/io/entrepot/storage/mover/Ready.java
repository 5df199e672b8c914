// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Renaming;

/** A copy that was compared and waits under {@code place} to be published. */
record Ready(CopyOrder order, ObjectStat source, ObjectPath place, Proof proof) {

  Renaming renaming() {
    return new Renaming(place, order.target());
  }

  Outcome copied(Route route) {
    return new Outcome.Copied(order, VerifiedCopy.attest(route, source, order.target(), proof));
  }
}
