// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A schedule as a page shows it.
 *
 * @param name what it starts, from where and into where
 * @param when its cron expression in words
 * @param cron as it was given; empty for one by hand only
 * @param next the next runs
 */
record ScheduleRow(
    String id,
    String name,
    String when,
    String cron,
    String zone,
    boolean enabled,
    Badge badge,
    @Nullable Moment last,
    List<Moment> next) {}
