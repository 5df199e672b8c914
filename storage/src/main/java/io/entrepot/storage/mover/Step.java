// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

/** How far one order has come before its batch is published. */
sealed interface Step {

  record Ended(Outcome outcome) implements Step {}

  record Staged(Ready ready) implements Step {}
}
