// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.cron;

import java.time.DayOfWeek;
import java.time.Month;
import java.time.format.TextStyle;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Tells a cron expression in English. */
final class CronWords {

  private CronWords() {}

  static String of(Cron cron) {
    String time = time(cron.fields().get(0), cron.fields().get(1));
    String days = days(cron.fields());
    boolean daily = days.isEmpty() && time.startsWith("at ") && !time.startsWith("at minute");
    return daily ? "every day " + time : (time + " " + days).strip();
  }

  private static String time(String minute, String hour) {
    if (isNumber(minute) && isList(hour)) {
      return "at " + joined(Arrays.stream(hour.split(",")).map(h -> clock(h, minute)).toList());
    }
    return minutes(minute, hour) + hours(hour);
  }

  private static String clock(String hour, String minute) {
    return "%02d:%02d".formatted(Integer.parseInt(hour), Integer.parseInt(minute));
  }

  private static String minutes(String minute, String hour) {
    if (minute.equals("*")) {
      return "every minute";
    }
    if (minute.startsWith("*/")) {
      return everyNth(minute.substring(2), "minute");
    }
    boolean eachHour = hour.startsWith("*");
    if (minute.equals("0") && eachHour) {
      return hour.equals("*") ? "every hour" : everyNth(hour.substring(2), "hour");
    }
    String past = (minute.contains(",") ? "at minutes " : "at minute ") + parts(minute, m -> m);
    if (hour.equals("*")) {
      return past + " of every hour";
    }
    return eachHour ? past + ", " + everyNth(hour.substring(2), "hour") : past;
  }

  private static String hours(String hour) {
    if (hour.startsWith("*")) {
      return "";
    }
    return (isNumber(hour) ? " of hour " : " of hours ") + parts(hour, h -> h);
  }

  private static String everyNth(String step, String unit) {
    return step.equals("1") ? "every " + unit : "every " + step + " " + unit + "s";
  }

  private static String days(List<String> fields) {
    String dayOfMonth = fields.get(2);
    String dayOfWeek = fields.get(4);
    String inMonth =
        dayOfMonth.equals("*")
            ? ""
            : dayOfMonth.startsWith("*/")
                ? everyNth(dayOfMonth.substring(2), "day") + " of the month"
                : "on day " + parts(dayOfMonth, d -> d) + " of the month";
    String inWeek = dayOfWeek.equals("*") ? "" : "on " + parts(dayOfWeek, CronWords::weekday);
    boolean eitherWillDo = !dayOfMonth.startsWith("*") && !dayOfWeek.startsWith("*");
    String day =
        inMonth.isEmpty() || inWeek.isEmpty()
            ? inMonth + inWeek
            : inMonth + (eitherWillDo ? " or " : " and ") + inWeek;
    String month = fields.get(3);
    return (day + (month.equals("*") ? "" : " in " + parts(month, CronWords::month))).strip();
  }

  /** A list of values, ranges and steps, each value told by its name. */
  private static String parts(String field, Function<String, String> name) {
    return joined(Arrays.stream(field.split(",")).map(part -> part(part, name)).toList());
  }

  private static String part(String part, Function<String, String> name) {
    int slash = part.indexOf('/');
    if (slash >= 0) {
      String range = part.substring(0, slash);
      String from = range.equals("*") ? "" : " from " + part(range, name);
      return "every " + part.substring(slash + 1) + from;
    }
    int dash = part.indexOf('-');
    return dash < 0
        ? name.apply(part)
        : name.apply(part.substring(0, dash)) + " to " + name.apply(part.substring(dash + 1));
  }

  private static String weekday(String value) {
    DayOfWeek day =
        isNumber(value)
            ? DayOfWeek.of((Integer.parseInt(value) + 6) % 7 + 1)
            : Arrays.stream(DayOfWeek.values())
                .filter(d -> d.name().startsWith(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    return day.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static String month(String value) {
    Month month =
        isNumber(value)
            ? Month.of(Integer.parseInt(value))
            : Arrays.stream(Month.values())
                .filter(m -> m.name().startsWith(value.toUpperCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow();
    return month.getDisplayName(TextStyle.FULL, Locale.ENGLISH);
  }

  private static boolean isNumber(String field) {
    return field.chars().allMatch(Character::isDigit);
  }

  private static boolean isList(String field) {
    return Arrays.stream(field.split(",")).allMatch(CronWords::isNumber);
  }

  private static String joined(List<String> words) {
    if (words.size() < 2) {
      return String.join("", words);
    }
    return words.stream().limit(words.size() - 1L).collect(Collectors.joining(", "))
        + " and "
        + words.getLast();
  }
}
