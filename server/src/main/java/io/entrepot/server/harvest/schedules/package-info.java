// SPDX-License-Identifier: Apache-2.0
/**
 * When harvests run: by the clock, or now because somebody says so.
 *
 * <p>Starts jobs and never does their work.
 */
@NullMarked
package io.entrepot.server.harvest.schedules;

import org.jspecify.annotations.NullMarked;
