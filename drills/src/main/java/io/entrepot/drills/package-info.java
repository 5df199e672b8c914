// SPDX-License-Identifier: Apache-2.0
/**
 * Drills: faults are done to the real server, and an auditor that shares no code with it judges.
 *
 * <p>Owns the command line {@code drill} and the book of drills; a room holds the drills of one
 * subject, and {@code kit} what they all work with. Every drill prints its seed, and can be run
 * with its guard removed to show red. Must never import the server, nor judge what the auditor can
 * see.
 */
@NullMarked
package io.entrepot.drills;

import org.jspecify.annotations.NullMarked;
