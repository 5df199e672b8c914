// SPDX-License-Identifier: Apache-2.0
/**
 * What anybody may ask of the server as such: its health and its documentation.
 *
 * <p>Owns those answers and pages. Shows nothing about data, accounts or paths, because it asks for
 * no credential. Every asset comes from this server.
 */
@NullMarked
package io.entrepot.server.rest.site;

import org.jspecify.annotations.NullMarked;
