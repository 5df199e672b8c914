// SPDX-License-Identifier: Apache-2.0
/**
 * Stores (somewhere bytes live) and what every connector promises.
 *
 * <p>Owns the {@link io.entrepot.storage.Store} door, its words (path, stat, capability) and its
 * errors. Each connector is a package below this one and keeps its vendor's types to itself. Knows
 * no Spring, no database and no feature of the server.
 */
@NullMarked
package io.entrepot.storage;

import org.jspecify.annotations.NullMarked;
