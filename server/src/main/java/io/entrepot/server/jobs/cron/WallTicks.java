// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.cron;

import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.zone.ZoneOffsetTransition;
import java.time.zone.ZoneRules;
import java.util.Optional;

/**
 * The due times of one cron expression in one time zone, through changes of the clocks.
 *
 * <p>An expression that fixes minute and hour means so many runs a day: a time that the clocks jump
 * over is due at the jump, once for all that was jumped over; a time that comes twice is due the
 * first time only. One whose minute or hour begins with a star means regular intervals: it is due
 * whenever the wall clock really shows a fitting time, so nothing is made up for and an hour that
 * comes twice has its runs twice.
 */
final class WallTicks {

  private final Cron cron;
  private final ZoneRules rules;

  WallTicks(Cron cron, ZoneId zone) {
    this.cron = cron;
    this.rules = zone.getRules();
  }

  Optional<Instant> next(Instant after) {
    return cron.isPeriodic() ? nextShown(after) : nextOnce(after);
  }

  /** Looks through the stretches between changes of the clocks, in each of which time is even. */
  private Optional<Instant> nextShown(Instant after) {
    LocalDateTime from = LocalDateTime.ofInstant(after, rules.getOffset(after));
    Instant within = after;
    while (true) {
      ZoneOffset offset = rules.getOffset(within);
      ZoneOffsetTransition change = rules.nextTransition(within);
      Optional<LocalDateTime> due = cron.nextLocal(from);
      if (due.isEmpty()) {
        return Optional.empty();
      }
      Instant instant = due.get().toInstant(offset);
      if (change == null || instant.isBefore(change.getInstant())) {
        return Optional.of(instant);
      }
      within = change.getInstant();
      // A nanosecond early, because the moment of the change may itself be due.
      from = LocalDateTime.ofInstant(within, change.getOffsetAfter()).minusNanos(1);
    }
  }

  private Optional<Instant> nextOnce(Instant after) {
    Optional<LocalDateTime> due =
        cron.nextLocal(LocalDateTime.ofInstant(after, rules.getOffset(after)));
    while (due.isPresent() && !instant(due.get()).isAfter(after)) {
      due = cron.nextLocal(due.get());
    }
    return due.map(this::instant);
  }

  private Instant instant(LocalDateTime local) {
    ZoneOffsetTransition change = rules.getTransition(local);
    if (change == null) {
      return local.toInstant(rules.getOffset(local));
    }
    return change.isGap() ? change.getInstant() : local.toInstant(change.getOffsetBefore());
  }
}
