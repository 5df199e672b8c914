// SPDX-License-Identifier: Apache-2.0
/**
 * What requests are read with, for more than one family: the JSON object in a body, field by field,
 * and the part of a list that a query asks for.
 *
 * <p>Says what is wrong by field and leaves it to the edge in which family's words it is told.
 * Knows no family and decides nothing.
 */
@NullMarked
package io.entrepot.server.rest.body;

import org.jspecify.annotations.NullMarked;
