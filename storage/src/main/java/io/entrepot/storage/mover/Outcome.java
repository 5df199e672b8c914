// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;

/** How one order ended. */
public sealed interface Outcome {

  CopyOrder order();

  /** A new object stands under the final name. */
  record Copied(CopyOrder order, VerifiedCopy copy) implements Outcome {}

  /**
   * The final name was taken by an object with the same bytes, as reading both sides showed; only
   * with {@link Occupied#ADOPT}. Nothing was written; what was found was brought to the medium.
   */
  record AlreadyThere(CopyOrder order, VerifiedCopy copy) implements Outcome {}

  /**
   * The source became another version while it was read. Nothing is left; when to try again is the
   * caller's decision.
   *
   * @param before the version that was wanted
   * @param after what the source store says now
   */
  record SourceChanged(CopyOrder order, ObjectStat before, ObjectStat after) implements Outcome {}

  /**
   * Nothing of this order is left in the target store, as far as it could be reached to clean up,
   * with one exception: see {@link Mover#copy} on a publication that failed.
   */
  record Failed(CopyOrder order, StoreException cause) implements Outcome {}
}
