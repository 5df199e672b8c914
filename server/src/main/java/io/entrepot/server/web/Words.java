// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.jobs.JobProgress;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Figures and times in the words of the pages. */
@Component
final class Words {

  private static final String[] UNITS = {"kB", "MB", "GB", "TB", "PB", "EB"};
  private static final int STEP = 1000;
  private static final double MINUTE = 60;
  private static final double HOUR = 60 * MINUTE;
  private static final double DAY = 24 * HOUR;

  /** No line ends between a figure and its unit. */
  private static final String UNIT = "\u00a0";

  private static final DateTimeFormatter EXACT =
      DateTimeFormatter.ofPattern("EEE d MMM uuuu, HH:mm:ss zzz", Locale.ENGLISH);
  private static final DateTimeFormatter DAY_OF_YEAR =
      DateTimeFormatter.ofPattern("d MMM uuuu", Locale.ENGLISH).withZone(ZoneOffset.UTC);
  private static final DateTimeFormatter CLOCK =
      DateTimeFormatter.ofPattern("HH:mm:ss").withZone(ZoneOffset.UTC);

  private static final ZoneId UTC = ZoneId.of("UTC");

  private final InstantSource time;

  Words(InstantSource time) {
    this.time = time;
  }

  /** Three digits and a decimal unit: {@code 3.1 GB}. */
  static String bytes(long bytes) {
    if (bytes < STEP) {
      return bytes == 1 ? "1 byte" : bytes + " bytes";
    }
    double value = bytes;
    int unit = -1;
    while (value >= STEP - 0.5 && unit < UNITS.length - 1) {
      value /= STEP;
      unit++;
    }
    return String.format(Locale.ENGLISH, value < 10 ? "%.1f %s" : "%.0f %s", value, UNITS[unit]);
  }

  static String count(long number) {
    return String.format(Locale.ENGLISH, "%,d", number);
  }

  /** {@code 1 file}, {@code 1,322 files}. */
  static String count(long number, String thing) {
    return count(number) + " " + thing + (number == 1 ? "" : "s");
  }

  static String span(Duration span) {
    long seconds = span.toSeconds();
    if (seconds < 1) {
      return span.toMillis() < 1 ? "under 1 ms" : span.toMillis() + " ms";
    }
    if (seconds < 60) {
      return seconds + " s";
    }
    if (seconds < 3600) {
      return seconds / 60 + " min" + (seconds % 60 == 0 ? "" : " " + seconds % 60 + " s");
    }
    long minutes = seconds / 60;
    return minutes / 60 + " h" + (minutes % 60 == 0 ? "" : " " + minutes % 60 + " min");
  }

  /**
   * The largest fitting unit alone, as a person would round it: {@code 4 min}, {@code 1½ h}, {@code
   * 38 h}, {@code 90 d}.
   */
  static String rough(Duration span) {
    double seconds = Math.max(0, span.toMillis()) / (double) STEP;
    if (seconds < MINUTE) {
      return (long) seconds + UNIT + "s";
    }
    if (Math.round(seconds / MINUTE) < 60) {
      return Math.round(seconds / MINUTE) + UNIT + "min";
    }
    return Math.round(seconds / HOUR) < 48
        ? halves(seconds / HOUR) + UNIT + "h"
        : halves(seconds / DAY) + UNIT + "d";
  }

  /** To the half of what is few, to the whole of what is many. */
  private static String halves(double number) {
    long twice = Math.round(number * 2);
    return twice % 2 == 1 && twice < 6 ? twice / 2 + "½" : String.valueOf(Math.round(number));
  }

  /** The text with a capital first letter. */
  static String sentence(String text) {
    return text.isEmpty() ? text : Character.toUpperCase(text.charAt(0)) + text.substring(1);
  }

  Moment moment(Instant instant) {
    return moment(instant, UTC);
  }

  /** The exact time as clocks in this zone show it. */
  Moment moment(Instant instant, ZoneId zone) {
    Duration past = Duration.between(instant, time.instant());
    String words =
        past.isNegative()
            ? "in " + rough(ahead(past.negated()))
            : past.toSeconds() < 5 ? "just now" : rough(past) + " ago";
    return new Moment(words, EXACT.format(instant.atZone(zone)), instant.toString());
  }

  /** What begins within a second begins in one. */
  private static Duration ahead(Duration span) {
    return span.toSeconds() < MINUTE ? span.plusMillis(STEP - 1) : span;
  }

  @Nullable Moment momentOrNull(@Nullable Instant instant) {
    return instant == null ? null : moment(instant);
  }

  Duration since(Instant instant) {
    return Duration.between(instant, time.instant());
  }

  Instant now() {
    return time.instant();
  }

  /** The time that lies so far back. */
  Instant ago(Duration span) {
    return time.instant().minus(span);
  }

  static String clock(Instant instant) {
    return CLOCK.format(instant);
  }

  /** The day, in UTC: {@code 20 Feb 2027}. */
  static String day(Instant instant) {
    return DAY_OF_YEAR.format(instant);
  }

  /** A range, because nobody knows the end: {@code 8–11 min left}. */
  static String left(JobProgress.@Nullable Pace pace) {
    Duration soonest = pace == null ? null : pace.soonest();
    Duration latest = pace == null ? null : pace.latest();
    if (soonest == null || latest == null) {
      return "estimating the end";
    }
    if (latest.toSeconds() < 60) {
      return "under a minute left";
    }
    long from = Math.max(1, soonest.toMinutes());
    long to = Math.max(from, (latest.toSeconds() + 59) / 60);
    if (to > 90) {
      long hoursFrom = Math.max(1, from / 60);
      long hoursTo = (to + 59) / 60;
      return range(hoursFrom, hoursTo) + " h left";
    }
    return range(from, to) + " min left";
  }

  private static String range(long from, long to) {
    return from == to ? String.valueOf(from) : from + "–" + to;
  }
}
