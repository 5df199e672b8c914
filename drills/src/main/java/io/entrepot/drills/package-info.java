// SPDX-License-Identifier: Apache-2.0
/**
 * Drills: faults are done to the real server, and an auditor that shares no code with it judges.
 *
 * <p>Owns the drivers, the journal of what the server acknowledged, and the command line {@code
 * drill}. Every drill prints its seed, and can be run with its guard removed to show red. Must
 * never import the server, nor judge what the auditor can see.
 */
@NullMarked
package io.entrepot.drills;

import org.jspecify.annotations.NullMarked;
