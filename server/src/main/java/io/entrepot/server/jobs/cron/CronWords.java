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
    if (daily) {
      return "every day " + time;
    }
    return time + (days.isEmpty() || days.startsWith(",") ? days : " " + days);
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
      return "every minute" + ofEachNth(hour);
    }
    if (isStep(minute) && !minute.contains(",")) {
      return stepped(minute) + ofEachNth(hour);
    }
    boolean eachHour = hour.startsWith("*");
    if (minute.equals("0") && eachHour) {
      return hour.equals("*") ? "every hour" : everyNth(hour.substring(2), "hour");
    }
    String past =
        (minute.contains(",") ? "at minutes " : "at minute ") + parts(minute, "minute", m -> m);
    if (hour.equals("*")) {
      return past + " of every hour";
    }
    return eachHour ? past + ", " + everyNth(hour.substring(2), "hour") : past;
  }

  /** A step alone: every so many minutes, in all of the hour or a part of it. */
  private static String stepped(String minute) {
    int slash = minute.indexOf('/');
    String range = minute.substring(0, slash);
    String from = range.equals("*") ? "" : " from minute " + part(range, "minute", m -> m);
    return everyNth(minute.substring(slash + 1), "minute") + from;
  }

  private static String ofEachNth(String hour) {
    return hour.startsWith("*/") ? " of " + nth(hour.substring(2), "hour") : "";
  }

  private static String hours(String hour) {
    if (hour.startsWith("*")) {
      return "";
    }
    String word = isNumber(hour) ? "hour " : "hours ";
    return " of " + (isStep(hour) ? "" : word) + parts(hour, "hour", h -> h);
  }

  /** Whether what comes first is every so many. */
  private static boolean isStep(String field) {
    return field.split(",", 2)[0].contains("/");
  }

  private static String nth(String step, String unit) {
    int number = Integer.parseInt(step);
    return number == 1 ? "every " + unit : "every " + ordinal(number) + " " + unit;
  }

  private static String ordinal(int number) {
    boolean teens = number % 100 / 10 == 1;
    return number
        + switch (teens ? 0 : number % 10) {
          case 1 -> "st";
          case 2 -> "nd";
          case 3 -> "rd";
          default -> "th";
        };
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
                : "on "
                    + (isStep(dayOfMonth) ? "" : "day ")
                    + parts(dayOfMonth, "day", d -> d)
                    + " of the month";
    String inWeek =
        dayOfWeek.equals("*")
            ? ""
            : (isSpan(dayOfWeek) && dayOfMonth.equals("*") ? ", " : "on ")
                + parts(dayOfWeek, "day of the week", CronWords::weekday);
    boolean eitherWillDo = !dayOfMonth.startsWith("*") && !dayOfWeek.startsWith("*");
    String day =
        inMonth.isEmpty() || inWeek.isEmpty()
            ? inMonth + inWeek
            : inMonth + (eitherWillDo ? " or " : " and ") + inWeek;
    String month = fields.get(3);
    return (day + (month.equals("*") ? "" : " in " + parts(month, "month", CronWords::month)))
        .strip();
  }

  /** From one day to another, which no "on" goes before. */
  private static boolean isSpan(String field) {
    return field.matches("[^,/]+-[^,/]+");
  }

  /** A list of values, ranges and steps, each value told by its name. */
  private static String parts(String field, String unit, Function<String, String> name) {
    return joined(Arrays.stream(field.split(",")).map(part -> part(part, unit, name)).toList());
  }

  private static String part(String part, String unit, Function<String, String> name) {
    int slash = part.indexOf('/');
    if (slash >= 0) {
      String range = part.substring(0, slash);
      String from = range.equals("*") ? "" : " from " + part(range, unit, name);
      return nth(part.substring(slash + 1), unit) + from;
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
