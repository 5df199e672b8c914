// SPDX-License-Identifier: Apache-2.0
/**
 * Stores around a store: one that tries again, one that refuses changes, one that reads no faster
 * than it may, and one that tells what was done.
 *
 * <p>Each adds one thing and passes the rest through, capabilities included. Only {@link
 * io.entrepot.storage.decorator.RetryingStore} ever repeats a call; nobody else loops. None looks
 * at content.
 */
@NullMarked
package io.entrepot.storage.decorator;

import org.jspecify.annotations.NullMarked;
