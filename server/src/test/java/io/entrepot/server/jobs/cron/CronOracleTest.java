// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.cron;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Simulated years against an oracle that walks every quarter of an hour and knows the rules for
 * changed clocks in its own way: it asks each time what the wall shows.
 */
class CronOracleTest {

  private static final Instant START = Instant.parse("2024-01-01T00:00:00Z");
  private static final int YEARS = DrillSize.of(2, 10, 10);
  private static final Instant END = START.atZone(ZoneOffset.UTC).plusYears(YEARS).toInstant();

  /** What every time in the lines and every shift of a clock is a multiple of. */
  private static final Duration STEP = Duration.ofMinutes(15);

  /**
   * @param periodic fires whenever the wall shows a fitting time, and not once for each such time
   */
  private record Line(String cron, boolean periodic, Predicate<LocalDateTime> fits) {}

  private static final List<Line> LINES =
      List.of(
          new Line("30 2 * * *", false, minuteHour(30, 2)),
          new Line("15 0 * * *", false, minuteHour(15, 0)),
          new Line("0 0 1 * *", false, minuteHour(0, 0).and(t -> t.getDayOfMonth() == 1)),
          new Line("0 0 29 2 *", false, minuteHour(0, 0).and(CronOracleTest::isLeapDay)),
          new Line("0 1 * * 0", false, minuteHour(0, 1).and(t -> t.getDayOfWeek().getValue() == 7)),
          new Line("*/15 * * * *", true, t -> t.getMinute() % 15 == 0),
          new Line("*/30 * * * *", true, t -> t.getMinute() % 30 == 0),
          new Line("45 * * * *", true, t -> t.getMinute() == 45));

  private static Predicate<LocalDateTime> minuteHour(int minute, int hour) {
    return t -> t.getMinute() == minute && t.getHour() == hour;
  }

  private static boolean isLeapDay(LocalDateTime t) {
    return t.getMonthValue() == 2 && t.getDayOfMonth() == 29;
  }

  // Half-hour shifts, midnight shifts, a shift below zero in winter, and none.
  @ParameterizedTest
  @ValueSource(
      strings = {
        "Europe/Berlin",
        "America/New_York",
        "Australia/Lord_Howe",
        "Africa/Cairo",
        "Europe/Dublin",
        "America/Santiago",
        "Asia/Beirut",
        "Asia/Kolkata"
      })
  void all_ticks_of_years_are_the_oracles(String zone) {
    ZoneId id = ZoneId.of(zone);
    Map<Line, List<Instant>> oracle = oracle(id);

    int compared = 0;
    for (Line line : LINES) {
      List<Instant> ticks = ticks(line.cron(), id);
      assertThat(ticks).as(line.cron()).isEqualTo(oracle.get(line));
      compared += ticks.size();
    }
    DrillSize.tell("%s: %,d ticks in %d years as the oracle has them", zone, compared, YEARS);
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

  /**
   * A periodic line at every step at which the wall shows a fitting time; another once for each
   * fitting time of a plain calendar, when the wall first shows it, or has passed it.
   */
  private static Map<Line, List<Instant>> oracle(ZoneId zone) {
    Map<Line, List<Instant>> ticks = new HashMap<>();
    LINES.forEach(line -> ticks.put(line, new ArrayList<>()));
    LocalDateTime reached = LocalDateTime.ofInstant(START, zone).minus(STEP);
    for (Instant now = START; now.isBefore(END); now = now.plus(STEP)) {
      LocalDateTime wall = LocalDateTime.ofInstant(now, zone);
      List<LocalDateTime> passed = passed(reached, wall);
      for (Line line : LINES) {
        if (line.periodic() ? line.fits().test(wall) : fitsOne(line, passed)) {
          ticks.get(line).add(now);
        }
      }
      reached = wall.isAfter(reached) ? wall : reached;
    }
    return ticks;
  }

  private static boolean fitsOne(Line line, List<LocalDateTime> passed) {
    return passed.stream().anyMatch(line.fits());
  }

  /** All steps of a plain calendar after one and up to another. */
  private static List<LocalDateTime> passed(LocalDateTime after, LocalDateTime to) {
    List<LocalDateTime> passed = new ArrayList<>();
    for (LocalDateTime t = after.plus(STEP); !t.isAfter(to); t = t.plus(STEP)) {
      passed.add(t);
    }
    return passed;
  }
}
