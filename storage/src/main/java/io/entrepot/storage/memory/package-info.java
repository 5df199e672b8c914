// SPDX-License-Identifier: Apache-2.0
/**
 * A store in the memory of this process.
 *
 * <p>Owns a tree of folders and files that keeps the whole contract of a store, and files whose
 * bytes are made up as they are read, so that very large trees cost almost nothing. Nothing of it
 * survives the process; it must never be offered as a place to keep data.
 */
@NullMarked
package io.entrepot.storage.memory;

import org.jspecify.annotations.NullMarked;
