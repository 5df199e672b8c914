// SPDX-License-Identifier: Apache-2.0
/**
 * The main database: SQLite in the data directory, or PostgreSQL by setting.
 *
 * <p>Owns connections, transactions, migrations and the few differences between the two. One SQL
 * text serves both. Knows no feature and no table but its own bookkeeping.
 */
@NullMarked
package io.entrepot.server.database;

import org.jspecify.annotations.NullMarked;
