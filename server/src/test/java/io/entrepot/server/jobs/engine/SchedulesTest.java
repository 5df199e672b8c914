// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.Role;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.Recovery;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleFilter;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.ScheduleOrder.Timing;
import io.entrepot.server.jobs.Tick;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

class SchedulesTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";
  private static final JsonMapper JSON = JsonMapper.shared();
  private static final Actor PERSON =
      new Actor(new Id("1".repeat(24)), "a@lab.example", Role.ADMIN);

  private final TestClock clock = TestClock.at("2026-03-01T10:00:30Z");
  private final AtomicInteger ran = new AtomicInteger();

  private ManualJobs manual(Database database, String node) {
    return new ManualJobs(database, clock, node, TestKind.of(_ -> ran.incrementAndGet()));
  }

  private static ScheduleOrder order(String cron) {
    return order(cron, Misfire.COALESCE, true);
  }

  private static ScheduleOrder order(String cron, Misfire misfire, boolean enabled) {
    return new ScheduleOrder(
        "test",
        "thing:1",
        JSON.createObjectNode().put("a", 1).put("b", 2),
        new Timing(cron, ZoneOffset.UTC, misfire),
        enabled);
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_schedule_that_is_brought_forward_fires_once_and_then_as_its_cron_says(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      ManualJobs two = manual(database, "two");
      Id schedule = one.schedules().create(order("0 12 * * *"), Actor.HOUSE).id();
      one.schedules().noLaterThan(schedule, clock.instant().plusSeconds(90));
      one.schedules().noLaterThan(schedule, clock.instant().plusSeconds(600));

      minute(one, two);
      assertThat(ran.get()).isZero();
      minute(one, two);
      assertThat(ran.get()).isEqualTo(1);
      for (int i = 0; i < 20; i++) {
        minute(one, two);
      }

      assertThat(ran.get()).isEqualTo(1);
      assertThat(one.schedules().find(schedule).orElseThrow().times().next())
          .isEqualTo("2026-03-01T12:00:00Z");
      assertThat(one.schedules().ticks(schedule, 9))
          .extracting(Tick::scheduledFor)
          .containsExactly(Instant.parse("2026-03-01T10:02:00Z"));
      Job again = one.jobs().list(JobFilter.ALL.ofSchedule(schedule), null, 1).items().getFirst();
      assertThat(again.order().origin().trigger()).isEqualTo(JobOrigin.Trigger.RETRY);
      assertThat(again.order().origin().scheduledFor()).isNull();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_schedule_that_cannot_fire_is_told_of_and_keeps_no_other_from_it(Database database) {
    try (database) {
      JobKind broken =
          new JobKind() {
            @Override
            public String name() {
              return "broken";
            }

            @Override
            public Recovery recovery() {
              return Recovery.FAIL;
            }

            @Override
            public Optional<String> disabled(JsonNode parameters) {
              throw new IllegalStateException("its folder is gone");
            }

            @Override
            public void run(JobContext context) {}
          };
      ManualJobs one =
          new ManualJobs(database, clock, "one", TestKind.of(_ -> ran.incrementAndGet()), broken);
      ScheduleOrder usual = order("* * * * *");
      ScheduleOrder first =
          new ScheduleOrder("broken", null, usual.parameters(), usual.timing(), true);
      Id bad = one.schedules().create(first, Actor.HOUSE).id();
      one.schedules().create(usual, Actor.HOUSE);
      clock.move(Duration.ofMinutes(1));

      assertThatThrownBy(one::fire)
          .hasMessageContaining(bad.hex())
          .hasRootCauseMessage("its folder is gone");
      one.run();

      assertThat(ran.get()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void ticks_of_more_than_a_year_ago_are_forgotten(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      Id schedule = one.schedules().create(order("0 12 1 * *"), Actor.HOUSE).id();
      for (int day = 0; day < 460; day++) {
        clock.move(Duration.ofDays(1));
        one.fire();
        one.run();
      }

      assertThat(one.schedules().ticks(schedule, 100))
          .hasSizeBetween(12, 13)
          .allMatch(
              tick -> tick.scheduledFor().isAfter(clock.instant().minus(Duration.ofDays(400))));
    }
  }

  @Test
  void a_tick_and_the_figures_go_over_no_rows_of_past_runs() {
    try (Database database = TestDatabases.sqlite()) {
      assertThat(
              plan(
                  database,
                  "select id from job where schedule_id = 'a' and finished_at is null limit 1"))
          .contains("job_unfinished_by_schedule");
      assertThat(
              plan(
                  database,
                  "select kind, state, count(*), sum(coalesce(finished_at - started_at, 0))"
                      + " from job group by kind, state"))
          .contains("COVERING INDEX job_figures");
    }
  }

  private static String plan(Database database, String query) {
    return String.join(
        "\n",
        database
            .sql("explain query plan " + query)
            .query((row, _) -> row.getString("detail"))
            .list());
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_schedule_that_is_off_or_by_hand_only_is_not_brought_forward(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      Id off =
          one.schedules().create(order("0 12 * * *", Misfire.COALESCE, false), Actor.HOUSE).id();
      ScheduleOrder usual = order("0 12 * * *");
      ScheduleOrder byHand =
          new ScheduleOrder(
              usual.kind(), usual.subject(), usual.parameters(), Timing.utc(null), true);
      Id hand = one.schedules().create(byHand, Actor.HOUSE).id();
      one.schedules().noLaterThan(off, clock.instant());
      one.schedules().noLaterThan(hand, clock.instant());

      minute(one);

      assertThat(ran.get()).isZero();
    }
  }

  private void minute(ManualJobs... nodes) {
    clock.move(Duration.ofMinutes(1));
    for (ManualJobs node : nodes) {
      node.fire();
      node.fire();
      node.run();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void each_tick_starts_one_job_however_many_nodes_look(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      ManualJobs two = manual(database, "two");
      Schedule schedule = one.schedules().create(order("* * * * *"), Actor.HOUSE);
      assertThat(schedule.number()).isEqualTo(1);
      assertThat(schedule.times().next()).isEqualTo("2026-03-01T10:01:00Z");
      one.fire();

      for (int i = 0; i < 5; i++) {
        minute(one, two);
      }

      assertThat(ran.get()).isEqualTo(5);
      assertThat(one.schedules().ticks(schedule.id(), 2))
          .extracting(Tick::scheduledFor)
          .containsExactly(
              Instant.parse("2026-03-01T10:05:00Z"), Instant.parse("2026-03-01T10:04:00Z"));
      Job job =
          one.jobs().list(JobFilter.ALL.ofSchedule(schedule.id()), null, 1).items().getFirst();
      assertThat(job.order().origin().trigger()).isEqualTo(JobOrigin.Trigger.SCHEDULE);
      assertThat(job.order().origin().scheduledFor()).isEqualTo("2026-03-01T10:05:00Z");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void ten_missed_ticks_are_made_up_for_by_one_job(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      Schedule schedule = one.schedules().create(order("* * * * *"), Actor.HOUSE);
      clock.move(Duration.ofMinutes(10));

      minute(one);

      assertThat(ran.get()).isEqualTo(1);
      assertThat(one.schedules().ticks(schedule.id(), 5))
          .extracting(Tick::scheduledFor)
          .containsExactly(Instant.parse("2026-03-01T10:11:00Z"));
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void missed_ticks_can_be_passed_over_or_all_answered(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      Schedule skip = one.schedules().create(order("0 * * * *", Misfire.SKIP, true), Actor.HOUSE);
      Schedule all = one.schedules().create(order("0 * * * *", Misfire.ALL, true), Actor.HOUSE);
      clock.move(Duration.ofMinutes(190));

      minute(one);

      assertThat(one.schedules().ticks(skip.id(), 5))
          .extracting(Tick::outcome)
          .containsExactly(Tick.Outcome.MISSED);
      assertThat(one.schedules().ticks(all.id(), 5))
          .extracting(Tick::outcome)
          .containsExactly(Tick.Outcome.STARTED, Tick.Outcome.STARTED, Tick.Outcome.STARTED);
      assertThat(ran.get()).isEqualTo(3);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_tick_while_the_last_job_still_runs_is_passed_over_and_recorded(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      Schedule schedule = one.schedules().create(order("* * * * *"), Actor.HOUSE);
      clock.move(Duration.ofMinutes(1));
      one.fire();
      clock.move(Duration.ofMinutes(1));
      one.fire();

      one.run();

      assertThat(ran.get()).isEqualTo(1);
      Tick passed = one.schedules().ticks(schedule.id(), 1).getFirst();
      assertThat(passed.outcome()).isEqualTo(Tick.Outcome.OVERLAP);
      assertThat(passed.job()).isNull();
      assertThat(passed.reason()).contains("had not ended");
      minute(one);
      assertThat(ran.get()).isEqualTo(2);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_clock_that_jumps_starts_no_storm_and_silences_nothing(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      one.schedules().create(order("* * * * *"), Actor.HOUSE);
      minute(one);
      assertThat(ran.get()).isEqualTo(1);

      clock.move(Duration.ofDays(30));
      minute(one);
      assertThat(ran.get()).as("one job makes up for 30 days").isEqualTo(2);
      clock.move(Duration.ofDays(-30));
      minute(one);
      minute(one);
      assertThat(ran.get()).as("the old time goes on").isEqualTo(3);
      clock.move(Duration.ofHours(-1));
      for (int i = 0; i < 3; i++) {
        minute(one);
      }
      assertThat(ran.get()).as("an earlier time was never answered").isEqualTo(5);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void jobs_have_the_priority_of_their_schedule_unless_another_is_asked_for(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      ScheduleOrder usual = order("* * * * *");
      ScheduleOrder urgent =
          new ScheduleOrder(
              usual.kind(), usual.subject(), usual.parameters(), 40, usual.timing(), true);
      Schedule schedule = one.schedules().create(urgent, Actor.HOUSE);
      assertThat(schedule.order()).isEqualTo(urgent);
      minute(one);

      assertThat(one.jobs().list(JobFilter.kind("test"), null, 9).items())
          .extracting(job -> job.order().priority())
          .containsExactly(40);
      ObjectNode none = JSON.createObjectNode();
      assertThat(one.schedules().trigger(schedule.id(), none, null, PERSON).order().priority())
          .isEqualTo(40);
      assertThat(one.schedules().trigger(schedule.id(), none, -3, PERSON).order().priority())
          .isEqualTo(-3);
      assertThat(one.schedules().update(schedule.id(), usual).order().priority()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_disabled_or_deleted_schedule_is_silent_but_a_disabled_one_can_be_triggered(
      Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      Schedule schedule =
          one.schedules().create(order("* * * * *", Misfire.COALESCE, false), Actor.HOUSE);
      minute(one);
      assertThat(ran.get()).isZero();

      Job job =
          one.schedules().trigger(schedule.id(), JSON.createObjectNode().put("b", 3), null, PERSON);
      assertThat(job.order().parameters())
          .isEqualTo(JSON.createObjectNode().put("a", 1).put("b", 3));
      assertThat(job.order().origin().trigger()).isEqualTo(JobOrigin.Trigger.MANUAL);
      one.schedules().trigger(schedule.id(), JSON.createObjectNode(), null, PERSON);
      one.run();
      assertThat(ran.get()).isEqualTo(2);

      one.schedules().update(schedule.id(), order("* * * * *"));
      one.schedules().delete(schedule.id());
      minute(one);
      assertThat(ran.get()).isEqualTo(2);
      assertThat(one.schedules().count(ScheduleFilter.kind("test"))).isZero();
      assertThat(one.schedules().count(ScheduleFilter.kind("test").withDeleted())).isEqualTo(1);
      assertThatThrownBy(
              () -> one.schedules().trigger(schedule.id(), JSON.createObjectNode(), null, PERSON))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Schedule not found");
      assertThatThrownBy(() -> one.schedules().update(schedule.id(), order(null)))
          .isInstanceOf(NotFoundException.class);

      assertThat(one.schedules().restore(schedule.id()).order().enabled()).isFalse();
      minute(one);
      assertThat(ran.get()).isEqualTo(2);
      one.schedules().update(schedule.id(), order("* * * * *"));
      minute(one);
      assertThat(ran.get()).isEqualTo(3);
      assertThatThrownBy(() -> one.schedules().restore(schedule.id()))
          .isInstanceOf(NotFoundException.class)
          .hasMessage("Deleted schedule not found");
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_cron_expression_that_cannot_be_read_changes_nothing(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");

      assertThatThrownBy(() -> one.schedules().create(order("garbage"), Actor.HOUSE))
          .isInstanceOf(InvalidFieldsException.class);
      Schedule schedule = one.schedules().create(order(null), Actor.HOUSE);
      assertThat(schedule.times().next()).isNull();
      assertThatThrownBy(() -> one.schedules().update(schedule.id(), order("61 * * * *")))
          .isInstanceOf(InvalidFieldsException.class);
      assertThat(one.schedules().find(schedule.id())).contains(schedule);
      assertThat(one.schedules().findByNumber(schedule.number())).contains(schedule);
      assertThat(one.schedules().list(ScheduleFilter.kind("test").about("thing:1"), 0, 5))
          .containsExactly(schedule);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void the_next_ticks_can_be_asked_for(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");

      assertThat(one.schedules().upcoming(Timing.utc("0 12 * * *"), 5))
          .startsWith(Instant.parse("2026-03-01T12:00:00Z"))
          .endsWith(Instant.parse("2026-03-05T12:00:00Z"));
      assertThat(one.schedules().upcoming(Timing.utc(null), 5)).isEmpty();
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void the_clock_starts_nothing_that_is_switched_off_and_says_so(Database database) {
    try (database) {
      ManualJobs one = manual(database, "one");
      ScheduleOrder usual = order("* * * * *");
      ScheduleOrder off =
          new ScheduleOrder(
              usual.kind(),
              usual.subject(),
              JSON.createObjectNode().put("off", "the thing is switched off"),
              usual.timing(),
              true);
      Schedule schedule = one.schedules().create(off, Actor.HOUSE);
      minute(one);

      assertThat(ran).hasValue(0);
      assertThat(one.schedules().ticks(schedule.id(), 10))
          .singleElement()
          .satisfies(tick -> assertThat(tick.outcome()).isEqualTo(Tick.Outcome.DISABLED))
          .satisfies(tick -> assertThat(tick.reason()).isEqualTo("the thing is switched off"));

      one.schedules().update(schedule.id(), usual);
      minute(one);
      assertThat(ran).hasValue(1);
    }
  }
}
