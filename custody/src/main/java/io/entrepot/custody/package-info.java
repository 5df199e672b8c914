// SPDX-License-Identifier: Apache-2.0
/**
 * The custody ledger: entries, the blocks that seal them, the checkpoints that vouch for them.
 *
 * <p>Everything here is pure: bytes in, bytes out. The format is {@code
 * docs/formats/custody-ledger.md}; a change of meaning there needs a new version byte here. Knows
 * no table, no server and no clock, and never decides what deserves an entry.
 */
@NullMarked
package io.entrepot.custody;

import org.jspecify.annotations.NullMarked;
