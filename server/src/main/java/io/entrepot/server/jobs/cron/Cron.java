// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.cron;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.scheduling.support.CronExpression;

/**
 * When a schedule comes due: minute, hour, day of month, month, day of week; or a macro such as
 * {@code @hourly}.
 *
 * <p>Lists, ranges, steps and English names are read; Sunday is 0 or 7. When both day fields are
 * restricted (neither begins with a star), a day that fits either of them will do, as with Vixie's
 * cron. What happens when clocks change is told at {@link WallTicks}.
 */
public final class Cron {

  private static final int LENGTH_LIMIT = 100;
  private static final LocalDateTime LONG_AGO = LocalDateTime.of(2000, 1, 1, 0, 0);
  private static final Pattern FIELD = Pattern.compile("[0-9A-Za-z*,/-]+");
  private static final List<String> NAMES =
      List.of("minute", "hour", "day of month", "month", "day of week");

  /** Exactly these: the parser behind this class would take parts of words. */
  private static final List<Set<String>> WORDS =
      List.of(
          Set.of(),
          Set.of(),
          Set.of(),
          Set.of(
              "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"),
          Set.of("sun", "mon", "tue", "wed", "thu", "fri", "sat"));

  private static final Map<String, String> MACROS =
      Map.of(
          "@yearly", "0 0 1 1 *",
          "@annually", "0 0 1 1 *",
          "@monthly", "0 0 1 * *",
          "@weekly", "0 0 * * 0",
          "@daily", "0 0 * * *",
          "@midnight", "0 0 * * *",
          "@hourly", "0 * * * *");

  private final String text;
  private final List<String> fields;
  private final List<CronExpression> either;

  private Cron(String text, List<String> fields, List<CronExpression> either) {
    this.text = text;
    this.fields = fields;
    this.either = either;
  }

  /**
   * Reads an expression.
   *
   * @throws InvalidFieldsException on field {@code cron_expression} when it cannot be read, or
   *     never comes due
   */
  public static Cron parse(String text) {
    if (text.length() > LENGTH_LIMIT) {
      throw refused(text, "is longer than " + LENGTH_LIMIT + " characters");
    }
    String trimmed = text.strip().toLowerCase(Locale.ROOT);
    if (trimmed.startsWith("@") && !MACROS.containsKey(trimmed)) {
      throw refused(
          text, "is not a known macro; known are " + MACROS.keySet().stream().sorted().toList());
    }
    List<String> fields = List.of(MACROS.getOrDefault(trimmed, trimmed).split("\\s+"));
    if (fields.size() != NAMES.size()) {
      throw refused(
          text,
          "has "
              + (trimmed.isEmpty() ? 0 : fields.size())
              + " fields; five are needed: minute, hour, day of month, month, day of week."
              + " For example \"0 2 * * *\" is every day at 02:00");
    }
    for (int i = 0; i < fields.size(); i++) {
      checkField(text, fields, i);
    }
    Cron cron = new Cron(text.strip(), fields, expressions(fields));
    if (cron.nextLocal(LONG_AGO).isEmpty()) {
      throw refused(text, "never comes due: no such day exists in that month");
    }
    return cron;
  }

  private static void checkField(String text, List<String> fields, int index) {
    String field = fields.get(index);
    if (!FIELD.matcher(field).matches()) {
      throw refusedField(text, index, "only digits, names and * , - / are understood");
    }
    for (String part : field.split("[,/-]")) {
      boolean number = !part.isEmpty() && part.chars().allMatch(Character::isDigit);
      if (!number && !part.equals("*") && !WORDS.get(index).contains(part)) {
        throw refusedField(text, index, "that is neither a number nor a known name");
      }
    }
    String[] alone = {"*", "*", "*", "*", "*"};
    alone[index] = field;
    try {
      CronExpression.parse("0 " + String.join(" ", alone));
    } catch (IllegalArgumentException e) {
      throw refusedField(text, index, reason(e));
    }
  }

  /** What the parser says, without its own form of the expression. */
  private static String reason(IllegalArgumentException refusal) {
    String message = String.valueOf(refusal.getMessage());
    if (message.contains("For input string") || message.contains("Text '")) {
      return "that is neither a number nor a known name";
    }
    int expression = message.indexOf(" in cron expression");
    return expression < 0 ? message : message.substring(0, expression);
  }

  private static InvalidFieldsException refusedField(String text, int index, String reason) {
    return refused(text, "cannot be read at the " + NAMES.get(index) + ": " + reason);
  }

  private static InvalidFieldsException refused(String text, String reason) {
    return new InvalidFieldsException(
        FieldProblem.of(
            "cron_expression", "cron", "The cron expression \"" + text + "\" " + reason, text));
  }

  private static List<CronExpression> expressions(List<String> fields) {
    String time = "0 " + fields.get(0) + " " + fields.get(1) + " ";
    String dayOfMonth = fields.get(2);
    String month = fields.get(3);
    String dayOfWeek = fields.get(4);
    boolean bothRestricted = !dayOfMonth.startsWith("*") && !dayOfWeek.startsWith("*");
    return Stream.of(
            bothRestricted ? dayOfMonth + " " + month + " *" : null,
            bothRestricted ? "* " + month + " " + dayOfWeek : null,
            bothRestricted ? null : dayOfMonth + " " + month + " " + dayOfWeek)
        .filter(days -> days != null)
        .map(days -> CronExpression.parse(time + days))
        .toList();
  }

  /** The first due time after this one; empty when there is none. */
  public Optional<Instant> next(Instant after, ZoneId zone) {
    return new WallTicks(this, zone).next(after);
  }

  /** The last due time at or before this one; empty when there is none in the last ten years. */
  public Optional<Instant> latest(Instant time, ZoneId zone) {
    Duration back = Duration.ofMinutes(1);
    while (back.toDays() < 3653) {
      Optional<Instant> found = lastIn(time.minus(back), time, zone);
      if (found.isPresent()) {
        return found;
      }
      back = back.multipliedBy(2);
    }
    return Optional.empty();
  }

  private Optional<Instant> lastIn(Instant after, Instant until, ZoneId zone) {
    Optional<Instant> last = Optional.empty();
    Optional<Instant> next = next(after, zone);
    while (next.isPresent() && !next.get().isAfter(until)) {
      last = next;
      next = next(last.get(), zone);
    }
    return last;
  }

  /** What a wall clock without changes would show next. */
  Optional<LocalDateTime> nextLocal(LocalDateTime after) {
    return either.stream()
        .flatMap(expression -> Stream.ofNullable(expression.next(after)))
        .min(LocalDateTime::compareTo);
  }

  /** Whether the minute or the hour begins with a star: then elapsed time counts. */
  boolean isPeriodic() {
    return fields.get(0).startsWith("*") || fields.get(1).startsWith("*");
  }

  List<String> fields() {
    return fields;
  }

  /** One English phrase, such as {@code "every day at 02:00"}. */
  public String inWords() {
    return CronWords.of(this);
  }

  /** The expression as it was given. */
  @Override
  public String toString() {
    return text;
  }
}
