// SPDX-License-Identifier: Apache-2.0
/**
 * The harvest family's controllers and wire records: accounts, instruments, storage, schedules,
 * hooks, files, transfers.
 *
 * <p>Owns how things look on this family's wire and how its requests are read. Decides nothing: a
 * controller reads a request, calls one service and writes the answer.
 */
@NullMarked
package io.entrepot.server.rest.harvest;

import org.jspecify.annotations.NullMarked;
