// SPDX-License-Identifier: Apache-2.0
/**
 * The sync family's controllers and wire records: so far who is signed in on the machine, and the
 * tokens that are held for people.
 *
 * <p>Lists are plain arrays, failures an error word and a detail. Owns how things look on this
 * family's wire. Decides nothing: a controller reads a request, calls one service and writes the
 * answer.
 */
@NullMarked
package io.entrepot.server.rest.sync;

import org.jspecify.annotations.NullMarked;
