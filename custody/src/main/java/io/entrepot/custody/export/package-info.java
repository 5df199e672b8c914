// SPDX-License-Identifier: Apache-2.0
/**
 * A ledger as lines of JSON, to be carried to another machine and verified there.
 *
 * <p>The lines are those of {@code docs/formats/custody-ledger.md}, section 4, and no others. Reads
 * and writes line by line; judges nothing.
 */
@NullMarked
package io.entrepot.custody.export;

import org.jspecify.annotations.NullMarked;
