// SPDX-License-Identifier: Apache-2.0
/**
 * {@code entrepot custody}: verifying and exporting a ledger with no server running, or beside one.
 *
 * <p>Opens databases read-only and leaves no file beside them. Says in plain words what was proved
 * and what was not; the judging is the custody library's.
 */
@NullMarked
package io.entrepot.cli.custody;

import org.jspecify.annotations.NullMarked;
