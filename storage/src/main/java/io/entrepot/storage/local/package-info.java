// SPDX-License-Identifier: Apache-2.0
/**
 * Stores in a folder of this machine.
 *
 * <p>Owns the two ways to stay inside that folder: on Linux the kernel's own confined open, called
 * through the foreign-function API; elsewhere walking folder by folder with links not followed.
 * Never resolves a path and then opens the result by name: between the two, somebody may swap a
 * folder for a link.
 */
@NullMarked
package io.entrepot.storage.local;

import org.jspecify.annotations.NullMarked;
