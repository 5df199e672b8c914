// SPDX-License-Identifier: Apache-2.0
/**
 * Says whether a ledger is what was sealed, or which entry is the first that is not.
 *
 * <p>Reads rows through {@link io.entrepot.custody.verify.LedgerSource} and changes nothing. Holds
 * one block in memory at a time. Never trusts a stored hash that it did not compute itself, and
 * never takes "could not read" for "bad" or for "good".
 */
@NullMarked
package io.entrepot.custody.verify;

import org.jspecify.annotations.NullMarked;
