// SPDX-License-Identifier: Apache-2.0
/**
 * What requests are read with, for more than one family: the JSON object or the form in a body,
 * field by field.
 *
 * <p>Says what is wrong by field and leaves it to the edge in which family's words it is told.
 * Knows no family and decides nothing.
 */
@NullMarked
package io.entrepot.server.rest.body;

import org.jspecify.annotations.NullMarked;
