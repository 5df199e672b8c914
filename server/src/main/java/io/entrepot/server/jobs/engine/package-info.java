// SPDX-License-Identifier: Apache-2.0
/**
 * How jobs are kept and run: claims, leases and fences, workers, ticks of the clock, progress and
 * news, and what becomes of all of it when a server dies.
 *
 * <p>Nobody outside names a class of this package; the interfaces one package up are all there is
 * to know.
 */
@NullMarked
package io.entrepot.server.jobs.engine;

import org.jspecify.annotations.NullMarked;
