// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

/**
 * A point in time as a page shows it.
 *
 * @param words relative, such as {@code 4 min ago}
 * @param exact for whoever points at it
 * @param iso for machines
 */
record Moment(String words, String exact, String iso) {}
