// SPDX-License-Identifier: Apache-2.0
/**
 * Instruments and how their files are brought in: discovery, the stable-file rule, hooks, and the
 * harvest job.
 *
 * <p>A harvest walks an instrument and the catalogue side by side in one order, so memory does not
 * grow with either. Bytes go through the mover only. Imports no other feature.
 */
@NullMarked
package io.entrepot.server.harvest;

import org.jspecify.annotations.NullMarked;
