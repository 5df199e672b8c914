// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.notices.channels.Announcement;
import java.time.Duration;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs that succeed while nothing comes in. */
class StandstillNoticesTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";
  private static final String NO_FILES = "harvest_no_files";
  private static final String UNSTABLE = "harvest_unstable";

  private static void daily(Lab lab, Id schedule, int days) {
    for (int day = 0; day < days; day++) {
      lab.later(Duration.ofDays(1));
      assertThat(lab.trigger(schedule).state()).isEqualTo(JobState.COMPLETED);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_schedule_that_finds_no_files_for_a_week_is_told_of_once(Database database) {
    try (Lab lab = new Lab(database)) {
      Id schedule = lab.yearly(true);
      daily(lab, schedule, 7);
      assertThat(lab.notices()).isEmpty();

      daily(lab, schedule, 10);

      assertThat(lab.notices()).containsExactly(NO_FILES);
      assertThat(told(lab, NO_FILES).things())
          .containsExactly(
              "instrument:" + lab.instrument().id().toUuid(), "schedule:" + schedule.toUuid());
    }
  }

  private static Announcement told(Lab lab, String event) {
    return lab.announced().stream()
        .filter(one -> one.event().equals(event))
        .findFirst()
        .orElseThrow();
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_restless_file_is_told_of_with_the_schedule_whose_run_saw_it(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.minimumAge(3600);
      Id schedule = lab.yearly(true);
      for (int hour = 1; hour <= 30; hour++) {
        lab.put("a", String.valueOf(hour));
        lab.trigger(schedule);
        lab.later(Duration.ofHours(1));
      }

      assertThat(told(lab, UNSTABLE).things())
          .contains("instrument:" + lab.instrument().id().toUuid())
          .contains("schedule:" + schedule.toUuid());
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void it_is_told_of_again_after_files_were_found(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.moving();
      Id schedule = lab.yearly(true);
      daily(lab, schedule, 9);

      lab.put("a", "abc");
      daily(lab, schedule, 8);
      assertThat(lab.notices()).containsExactly(NO_FILES);
      daily(lab, schedule, 1);

      assertThat(lab.notices()).containsExactly(NO_FILES, NO_FILES);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void files_that_are_known_are_files_that_were_found(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.put("a", "abc");

      daily(lab, lab.yearly(true), 20);

      assertThat(lab.notices()).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_is_restless_for_more_than_a_day_is_told_of_once(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.minimumAge(3600);
      hourlyRewritten(lab, 25);
      assertThat(lab.notices()).isEmpty();

      hourlyRewritten(lab, 30);

      assertThat(lab.notices()).containsExactly(UNSTABLE);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void it_is_told_of_again_after_the_file_stood_still(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.minimumAge(3600);
      hourlyRewritten(lab, 30);

      lab.later(Duration.ofHours(2));
      lab.harvest();
      assertThat(lab.stored("NMR/a")).isEqualTo("30");
      hourlyRewritten(lab, 24);
      assertThat(lab.notices()).containsExactly(UNSTABLE);
      hourlyRewritten(lab, 6);

      assertThat(lab.notices()).containsExactly(UNSTABLE, UNSTABLE);
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_file_that_only_waits_for_its_age_is_not_told_of(Database database) {
    try (Lab lab = new Lab(database)) {
      lab.minimumAge((int) Duration.ofDays(3).toSeconds());
      lab.put("a", "abc");
      for (int day = 0; day < 4; day++) {
        lab.harvest();
        lab.later(Duration.ofDays(1));
      }

      assertThat(lab.notices()).isEmpty();
      assertThat(lab.stored("NMR/a")).isEqualTo("abc");
    }
  }

  private static void hourlyRewritten(Lab lab, int hours) {
    for (int hour = 1; hour <= hours; hour++) {
      lab.put("a", String.valueOf(hour));
      lab.harvest();
      lab.later(Duration.ofHours(1));
    }
  }
}
