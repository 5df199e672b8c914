// SPDX-License-Identifier: Apache-2.0
/**
 * What requests are read with, for every family: the JSON object or the form in a body and the keys
 * of a query, field by field; and what an entry of the audit log says, with ids as they are shown.
 *
 * <p>A family hands in its {@link io.entrepot.server.rest.fields.Words}; nothing here knows which
 * family that is, or decides anything.
 */
@NullMarked
package io.entrepot.server.rest.fields;

import org.jspecify.annotations.NullMarked;
