// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.cron;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.InvalidFieldsException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CronTest {

  private static List<String> ticks(String cron, String zone, String after, int howMany) {
    Cron read = Cron.parse(cron);
    List<String> ticks = new ArrayList<>();
    Optional<Instant> next = read.next(Instant.parse(after), ZoneId.of(zone));
    while (next.isPresent() && ticks.size() < howMany) {
      ticks.add(next.get().toString());
      next = read.next(next.get(), ZoneId.of(zone));
    }
    return ticks;
  }

  @Test
  void when_both_day_fields_are_restricted_either_will_do() {
    // 2026-06-01 is a Monday.
    assertThat(ticks("0 0 13 * mon", "UTC", "2026-06-01T00:00:00Z", 4))
        .containsExactly(
            "2026-06-08T00:00:00Z",
            "2026-06-13T00:00:00Z",
            "2026-06-15T00:00:00Z",
            "2026-06-22T00:00:00Z");
  }

  @Test
  void sunday_is_0_or_7_or_a_name() {
    List<String> expected = ticks("0 0 * * sun", "UTC", "2026-06-01T00:00:00Z", 5);

    assertThat(expected.getFirst()).isEqualTo("2026-06-07T00:00:00Z");
    assertThat(ticks("0 0 * * 0", "UTC", "2026-06-01T00:00:00Z", 5)).isEqualTo(expected);
    assertThat(ticks("0 0 * * 7", "UTC", "2026-06-01T00:00:00Z", 5)).isEqualTo(expected);
    assertThat(ticks("@weekly", "UTC", "2026-06-01T00:00:00Z", 5)).isEqualTo(expected);
  }

  @Test
  void a_local_time_that_is_jumped_over_is_due_at_the_jump_once() {
    assertThat(ticks("0,30 2 * * *", "Europe/Berlin", "2026-03-28T12:00:00Z", 3))
        .containsExactly("2026-03-29T01:00:00Z", "2026-03-30T00:00:00Z", "2026-03-30T00:30:00Z");
  }

  @Test
  void a_fixed_time_that_comes_twice_is_due_the_first_time_only() {
    assertThat(ticks("30 2 * * *", "Europe/Berlin", "2026-10-24T12:00:00Z", 2))
        .containsExactly("2026-10-25T00:30:00Z", "2026-10-26T01:30:00Z");
    // Asked in the second of the two hours.
    assertThat(ticks("30 2 * * *", "Europe/Berlin", "2026-10-25T01:15:00Z", 1))
        .containsExactly("2026-10-26T01:30:00Z");
  }

  @Test
  void intervals_run_by_elapsed_time_through_both_changes() {
    assertThat(ticks("*/30 * * * *", "Europe/Berlin", "2026-03-29T00:15:00Z", 4))
        .containsExactly(
            "2026-03-29T00:30:00Z",
            "2026-03-29T01:00:00Z",
            "2026-03-29T01:30:00Z",
            "2026-03-29T02:00:00Z");
    assertThat(ticks("15 * * * *", "Europe/Berlin", "2026-10-24T23:30:00Z", 4))
        .containsExactly(
            "2026-10-25T00:15:00Z",
            "2026-10-25T01:15:00Z",
            "2026-10-25T02:15:00Z",
            "2026-10-25T03:15:00Z");
  }

  @Test
  void the_29th_of_february_is_found_years_ahead() {
    assertThat(ticks("0 0 29 2 *", "UTC", "2096-03-01T00:00:00Z", 1))
        .containsExactly("2104-02-29T00:00:00Z");
  }

  @Test
  void the_latest_due_time_is_found_without_walking_all_the_way() {
    Instant now = Instant.parse("2026-06-01T12:00:30Z");

    assertThat(Cron.parse("* * * * *").latest(now, ZoneOffset.UTC))
        .contains(Instant.parse("2026-06-01T12:00:00Z"));
    assertThat(Cron.parse("0 0 29 2 *").latest(now, ZoneOffset.UTC))
        .contains(Instant.parse("2024-02-29T00:00:00Z"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "0 0 * * 5l",
        "0 0 * * fril",
        "0 0 1 1jan *",
        "0 0 1 janfeb *",
        "0 0 l * *",
        "",
        "garbage",
        "* * * *",
        "0 * * * * *",
        "60 * * * *",
        "* 24 * * *",
        "* * 0 * *",
        "* * * 13 *",
        "* * * * 8",
        "* * * * xyz",
        "*/0 * * * *",
        "5-1 * * * *",
        "0 0 30 2 *",
        "0 0 L * *",
        "0 0 ? * *",
        "@reboot",
        "1,,2 * * * *",
        "- * * * *",
        "/ * * * *"
      })
  void what_cannot_be_read_is_refused_on_its_field(String cron) {
    assertThatThrownBy(() -> Cron.parse(cron))
        .isInstanceOfSatisfying(
            InvalidFieldsException.class,
            e -> assertThat(e.problems().getFirst().path()).containsExactly("cron_expression"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "0 2 * * *         | every day at 02:00",
        "0 6,18 * * *      | every day at 06:00 and 18:00",
        "* * * * *         | every minute",
        "*/15 * * * *      | every 15 minutes",
        "@hourly           | every hour",
        "0 */2 * * *       | every 2 hours",
        "30 * * * *        | at minute 30 of every hour",
        "0 2 * * 1-5       | at 02:00, Monday to Friday",
        "0 6 * * 1,3       | at 06:00 on Monday and Wednesday",
        "*/15 8-17 * * 1-5 | every 15 minutes of hours 8 to 17, Monday to Friday",
        "0 6 * 6 1-5       | at 06:00, Monday to Friday in June",
        "0 6 1 * 1-5       | at 06:00 on day 1 of the month or on Monday to Friday",
        "0 0 1 * *         | at 00:00 on day 1 of the month",
        "0 0 13 * fri      | at 00:00 on day 13 of the month or on Friday",
        "0 0 1 1 *         | at 00:00 on day 1 of the month in January",
        "*/5 8-17 * * mon  | every 5 minutes of hours 8 to 17 on Monday",
        "@weekly           | at 00:00 on Sunday",
        "0 2 1 */3 *       | at 02:00 on day 1 of the month in every 3rd month",
        "10-50/20 * * * *  | every 20 minutes from minute 10 to 50",
        "5/15 8-17 * * *   | every 15 minutes from minute 5 of hours 8 to 17",
        "*/15 */2 * * *    | every 15 minutes of every 2nd hour",
        "0 8-18/2 * * *    | at minute 0 of every 2nd hour from 8 to 18",
        "0 2 1-15/2 * *    | at 02:00 on every 2nd day from 1 to 15 of the month",
        "0 2 1 1-6/2 *     | at 02:00 on day 1 of the month in every 2nd month from January to June"
      })
  void an_expression_is_told_in_english(String cron, String words) {
    assertThat(Cron.parse(cron).inWords()).isEqualTo(words);
  }
}
