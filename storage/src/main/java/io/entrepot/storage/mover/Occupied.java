// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

/** What to do when something already stands under a copy's final name. It is never replaced. */
public enum Occupied {
  /** The order fails with {@code ALREADY_EXISTS}. */
  REFUSE,
  /**
   * Read both sides: with equal bytes the order ends as {@link Outcome.AlreadyThere}, otherwise it
   * fails with {@code ALREADY_EXISTS}. For work taken up again after a crash.
   */
  ADOPT
}
