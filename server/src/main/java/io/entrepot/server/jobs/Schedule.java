// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A rule that starts jobs.
 *
 * @param number for families that show integers; counts up from 1
 * @param owner the account that made it
 */
public record Schedule(Id id, long number, Id owner, ScheduleOrder order, Times times) {

  public boolean isDeleted() {
    return times.deleted() != null;
  }

  /**
   * @param next the next tick; null when there is none
   * @param last when a tick was last dealt with
   */
  public record Times(
      Instant created,
      Instant updated,
      @Nullable Instant deleted,
      @Nullable Instant next,
      @Nullable Instant last) {}
}
