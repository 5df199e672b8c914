// SPDX-License-Identifier: Apache-2.0
/**
 * Races: the real server against other tools on the same generated data.
 *
 * <p>Owns data generation from a seed, the order of rounds, medians and ratios. Speed is only ever
 * compared within one run. Drives the server over HTTP alone; must never import its code.
 */
@NullMarked
package io.entrepot.bench;

import org.jspecify.annotations.NullMarked;
