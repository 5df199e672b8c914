// SPDX-License-Identifier: Apache-2.0
/**
 * Work that is done again and again as long as the server runs.
 *
 * <p>Owns one thread for each room that has such work, and what becomes of a round that fails.
 * Knows nothing of what is done. Work that must survive the process is a job, not a round.
 */
@NullMarked
package io.entrepot.server.rounds;

import org.jspecify.annotations.NullMarked;
