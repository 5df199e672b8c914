// SPDX-License-Identifier: Apache-2.0
/**
 * The one piece of code that copies bytes from store to store.
 *
 * <p>Owns the order of steps (read once, hash, stage, look at the source again, prove, publish),
 * the staging folder and {@link io.entrepot.storage.mover.VerifiedCopy}, the only evidence on which
 * an original may be removed. Must never replace an object, show an unfinished one under its final
 * name where the store can publish, try again after a checksum mismatch, or remember proof across a
 * restart.
 */
@NullMarked
package io.entrepot.storage.mover;

import org.jspecify.annotations.NullMarked;
