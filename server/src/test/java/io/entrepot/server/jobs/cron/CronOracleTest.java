// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.cron;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Two simulated years against an oracle that walks every minute and knows the rules for changed
 * clocks in its own way: it asks each minute what the wall shows.
 */
class CronOracleTest {

  private static final Instant START = Instant.parse("2025-01-01T00:00:00Z");
  private static final Instant END = Instant.parse("2027-01-01T00:00:00Z");

  static Stream<Arguments> cases() {
    // Half-hour shifts, midnight shifts, a shift below zero in winter, and none.
    return Stream.of(
            "Europe/Berlin",
            "America/New_York",
            "Australia/Lord_Howe",
            "Africa/Cairo",
            "Europe/Dublin",
            "Asia/Kolkata")
        .flatMap(
            zone ->
                Stream.of(
                    Arguments.of(zone, "30 2 * * *", false, minuteHour(30, 2)),
                    Arguments.of(zone, "15 0 * * *", false, minuteHour(15, 0)),
                    Arguments.of(
                        zone,
                        "0 0 1 * *",
                        false,
                        minuteHour(0, 0).and(t -> t.getDayOfMonth() == 1)),
                    Arguments.of(
                        zone,
                        "0 1 * * 0",
                        false,
                        minuteHour(0, 1).and(t -> t.getDayOfWeek().getValue() == 7)),
                    Arguments.of(zone, "*/15 * * * *", true, fits(t -> t.getMinute() % 15 == 0)),
                    Arguments.of(zone, "45 * * * *", true, fits(t -> t.getMinute() == 45))));
  }

  private static Predicate<LocalDateTime> fits(Predicate<LocalDateTime> test) {
    return test;
  }

  private static Predicate<LocalDateTime> minuteHour(int minute, int hour) {
    return t -> t.getMinute() == minute && t.getHour() == hour;
  }

  @ParameterizedTest
  @MethodSource("cases")
  void two_years_of_ticks_are_the_oracles(
      String zone, String cron, boolean periodic, Predicate<LocalDateTime> fits) {
    ZoneId id = ZoneId.of(zone);

    assertThat(ticks(cron, id)).isEqualTo(periodic ? shown(id, fits) : List.copyOf(once(id, fits)));
  }

  private static List<Instant> ticks(String cron, ZoneId zone) {
    Cron read = Cron.parse(cron);
    List<Instant> ticks = new ArrayList<>();
    Optional<Instant> next = read.next(START.minusSeconds(1), zone);
    while (next.isPresent() && next.get().isBefore(END)) {
      ticks.add(next.get());
      next = read.next(next.get(), zone);
    }
    return ticks;
  }

  /** Every minute in which the wall shows a fitting time. */
  private static List<Instant> shown(ZoneId zone, Predicate<LocalDateTime> fits) {
    return Stream.iterate(START, t -> t.isBefore(END), t -> t.plus(1, ChronoUnit.MINUTES))
        .filter(t -> fits.test(LocalDateTime.ofInstant(t, zone)))
        .toList();
  }

  /** Each fitting time of a plain calendar when the wall first shows it, or has passed it. */
  private static TreeSet<Instant> once(ZoneId zone, Predicate<LocalDateTime> fits) {
    TreeSet<Instant> ticks = new TreeSet<>();
    Set<LocalDateTime> answered = new TreeSet<>();
    LocalDateTime reached = LocalDateTime.ofInstant(START, zone).minusMinutes(1);
    for (Instant now = START; now.isBefore(END); now = now.plus(Duration.ofMinutes(1))) {
      LocalDateTime wall = ZonedDateTime.ofInstant(now, zone).toLocalDateTime();
      for (LocalDateTime t = reached.plusMinutes(1); !t.isAfter(wall); t = t.plusMinutes(1)) {
        if (fits.test(t) && answered.add(t)) {
          ticks.add(now);
        }
      }
      reached = wall.isAfter(reached) ? wall : reached;
    }
    return ticks;
  }
}
