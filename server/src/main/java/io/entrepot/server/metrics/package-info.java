// SPDX-License-Identifier: Apache-2.0
/**
 * Figures about the server, for programs that watch it.
 *
 * <p>A <em>source</em> writes the figures of one room; whoever owns them registers it here, as with
 * the parts of {@code health}. Owns the text format of Prometheus and the figures of the process,
 * the disk and the database. Names begin with {@code entrepot_} and stay; labels have few values.
 */
@NullMarked
package io.entrepot.server.metrics;

import org.jspecify.annotations.NullMarked;
