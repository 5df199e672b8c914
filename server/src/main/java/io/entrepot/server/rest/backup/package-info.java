// SPDX-License-Identifier: Apache-2.0
/**
 * The backup family's controllers and wire records: keys, signing in, the audit log, and channels
 * of notices.
 *
 * <p>Every answer with a body is an envelope of status, data and message. Owns how things look on
 * this family's wire and how its requests are read. Decides nothing: a controller reads a request,
 * calls one service and writes the answer.
 */
@NullMarked
package io.entrepot.server.rest.backup;

import org.jspecify.annotations.NullMarked;
