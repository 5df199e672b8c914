// SPDX-License-Identifier: Apache-2.0
/**
 * The custody and audit streams in the database: appending, sealing, checkpoints, looking up.
 *
 * <p>Entries are written in the transaction of what they record and sealed a moment later by the
 * closer. Nothing here updates or deletes an entry, knows a feature, or decides what is worth
 * recording. What is sealed how is the custody library's.
 */
@NullMarked
package io.entrepot.server.ledger;

import org.jspecify.annotations.NullMarked;
