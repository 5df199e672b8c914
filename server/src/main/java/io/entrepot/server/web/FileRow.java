// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

/**
 * A file in a list.
 *
 * @param badge whether a copy of it was proved
 */
record FileRow(
    String id,
    String name,
    String folder,
    String instrument,
    int version,
    String size,
    Moment found,
    Badge badge,
    String ark) {}
