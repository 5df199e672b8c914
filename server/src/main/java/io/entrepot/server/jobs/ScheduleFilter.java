// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import org.jspecify.annotations.Nullable;

/** Which schedules to list; null lets all pass. */
public record ScheduleFilter(@Nullable String kind, @Nullable String subject, boolean deletedToo) {

  public static ScheduleFilter kind(String kind) {
    return new ScheduleFilter(kind, null, false);
  }

  public ScheduleFilter about(String wanted) {
    return new ScheduleFilter(kind, wanted, deletedToo);
  }

  public ScheduleFilter withDeleted() {
    return new ScheduleFilter(kind, subject, true);
  }
}
