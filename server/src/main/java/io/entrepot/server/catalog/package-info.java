// SPDX-License-Identifier: Apache-2.0
/**
 * The catalogue: files with their ARK ids and versions, transfer records, and who may see them.
 *
 * <p>Owns one row for each path of an instrument, for ever. Visibility is part of every query here,
 * in SQL. Copies are opened for readers here, compared with their proof on the way, and what that
 * finds goes into the ledger. Never makes a copy and never decides what is harvested.
 */
@NullMarked
package io.entrepot.server.catalog;

import org.jspecify.annotations.NullMarked;
