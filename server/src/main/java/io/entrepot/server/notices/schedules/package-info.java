// SPDX-License-Identifier: Apache-2.0
/**
 * Looks after schedules from outside: tells those who wait for their runs, and raises the alarm
 * when one did not begin in time.
 *
 * <p>Reads jobs and schedules and changes neither. What was told is on record, so that of several
 * servers one tells it, and a restart neither repeats nor loses it.
 */
@NullMarked
package io.entrepot.server.notices.schedules;

import org.jspecify.annotations.NullMarked;
