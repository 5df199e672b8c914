// SPDX-License-Identifier: Apache-2.0
/**
 * One harvest: discovery, the stable-file rule, the plan, the copies, and what is written down.
 *
 * <p>A run walks an instrument and the catalogue side by side in one order, so memory does not grow
 * with either. Bytes go through the mover only, and an original is removed only with the proof of
 * its copy.
 */
@NullMarked
package io.entrepot.server.harvest.runs;

import org.jspecify.annotations.NullMarked;
