// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.schedules;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.AdjustableClock;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobOrigin;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.Recovery;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.notices.Inbox;
import io.entrepot.server.notices.Notice;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.ChannelDraft;
import io.entrepot.server.notices.channels.Channels;
import io.entrepot.server.notices.channels.Provider;
import io.entrepot.server.notices.channels.Rule;
import io.entrepot.server.notices.channels.Severity;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.node.JsonNodeFactory;

class MissedRunsTest {

  private TestServer server;
  private AdjustableClock clock;
  private Schedules schedules;
  private MissedRuns missed;

  /** Work that is done at once. */
  private static final class Nothing implements JobKind {
    @Override
    public String name() {
      return "nothing";
    }

    @Override
    public Recovery recovery() {
      return Recovery.FAIL;
    }

    @Override
    public void run(JobContext context) {}
  }

  @BeforeEach
  void start() {
    server = TestServer.start(AdjustableClock.ahead(Duration.ZERO));
    clock = server.part(AdjustableClock.class);
    schedules = server.part(Schedules.class);
    missed = server.part(MissedRuns.class);
    server.part(JobKinds.class).register(new Nothing());
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Schedule daily(Misfire misfire) {
    return daily(misfire, null);
  }

  private Schedule daily(Misfire misfire, @Nullable String subject) {
    ZonedDateTime time = clock.instant().atZone(ZoneOffset.UTC).minusHours(12);
    String cron = time.getMinute() + " " + time.getHour() + " * * *";
    return schedules.create(
        new ScheduleOrder(
            "nothing",
            subject,
            JsonNodeFactory.instance.objectNode(),
            new ScheduleOrder.Timing(cron, ZoneOffset.UTC, misfire),
            true),
        Actor.HOUSE);
  }

  private List<Notice> alarms() {
    Actor admin =
        server.part(Accounts.class).findByEmail(TestServer.ADMIN_EMAIL).orElseThrow().actor();
    return server.part(Inbox.class).list(admin).stream()
        .filter(notice -> notice.kind().equals(MissedRuns.EVENT))
        .toList();
  }

  private static void until(BooleanSupplier wanted) {
    Instant end = InstantSource.system().instant().plusSeconds(30);
    while (!wanted.getAsBoolean()) {
      assertThat(InstantSource.system().instant()).isBefore(end);
      LockSupport.parkNanos(20_000_000);
    }
  }

  private Schedule now(Schedule schedule) {
    return schedules.find(schedule.id()).orElseThrow();
  }

  /** Goes to a few seconds after the next tick and waits until it was answered. */
  private void comeDue(Schedule schedule) {
    Instant next = Objects.requireNonNull(now(schedule).times().next());
    clock.advance(Duration.between(clock.instant(), next).plusSeconds(2));
    until(() -> next.equals(schedules.ticks(schedule.id(), 1).getFirst().scheduledFor()));
  }

  @Test
  void a_run_that_begins_late_is_told_once_and_again_only_after_one_began_in_time() {
    Schedule schedule = daily(Misfire.COALESCE);
    missed.look();
    assertThat(alarms()).isEmpty();
    clock.advance(Duration.ofDays(3));
    until(() -> !schedules.ticks(schedule.id(), 1).isEmpty());
    missed.look();
    missed.look();
    assertThat(alarms()).hasSize(1);
    assertThat(alarms().getFirst().message()).contains("It was due at").contains("only at");
    comeDue(schedule);
    missed.look();
    assertThat(alarms()).hasSize(1);
    clock.advance(Duration.ofHours(84));
    until(
        () ->
            schedules
                .ticks(schedule.id(), 1)
                .getFirst()
                .scheduledFor()
                .isAfter(clock.instant().minus(Duration.ofDays(2))));
    missed.look();
    assertThat(alarms()).hasSize(2);
  }

  /** As a schedule that makes up for each of its missed runs orders them. */
  @Test
  void each_of_many_runs_at_once_is_told_to_those_who_wait_for_them() {
    Database database = server.part(Database.class);
    server
        .part(Channels.class)
        .create(
            Actor.HOUSE,
            new ChannelDraft(
                "runs",
                Provider.PING,
                Map.of("url", "https://pings.example/1"),
                new Rule(Severity.SUCCESS, Set.of(), Set.of()),
                true));
    Schedule schedule = daily(Misfire.ALL);
    Jobs jobs = server.part(Jobs.class);
    int runs = 40;
    for (int i = 0; i < runs; i++) {
      jobs.start(
          new JobOrder(
              "nothing",
              null,
              JsonNodeFactory.instance.objectNode(),
              0,
              JobOrigin.again(schedule.id())));
    }
    until(() -> jobs.count(JobFilter.ALL.inStates(Set.of(JobState.COMPLETED)), 1000) == runs);

    server.part(RunTelling.class).look();

    assertThat(
            database
                .sql("select count(*) from run_ping where phase = 'completed'")
                .query(Long.class)
                .single())
        .isEqualTo(runs);
    assertThat(database.sql("select count(*) from notice_delivery").query(Long.class).single())
        .isEqualTo(2L * runs);
  }

  @Test
  void a_run_that_is_passed_over_is_told() {
    Schedule schedule = daily(Misfire.SKIP);
    clock.advance(Duration.ofDays(3));
    until(() -> !schedules.ticks(schedule.id(), 1).isEmpty());
    missed.look();
    assertThat(alarms()).hasSize(1);
    assertThat(alarms().getFirst().message()).contains("no server ran when it was due");
  }

  @Test
  void it_is_told_of_the_schedule_and_of_what_its_runs_are_about() {
    String instrument = "0192a0b0c0d0e0f001020304";
    Schedule schedule = daily(Misfire.SKIP, "instrument:" + instrument);
    List<Announcement> told = new ArrayList<>();
    MissedRuns watch =
        new MissedRuns(
            server.part(Database.class), server.part(RunTelling.Work.class), told::add, clock);
    clock.advance(Duration.ofDays(3));
    until(() -> !schedules.ticks(schedule.id(), 1).isEmpty());

    watch.look();

    assertThat(told).hasSize(1);
    assertThat(told.getFirst().things())
        .containsExactly(
            "schedule:" + schedule.id().toUuid(), "instrument:" + new Id(instrument).toUuid());
  }

  @Test
  void a_schedule_that_is_off_or_by_hand_misses_nothing() {
    Schedule schedule = daily(Misfire.COALESCE);
    ScheduleOrder order = schedule.order();
    schedules.update(
        schedule.id(),
        new ScheduleOrder(
            order.kind(), order.subject(), order.parameters(), order.timing(), false));
    clock.advance(Duration.ofDays(3));
    missed.look();
    assertThat(alarms()).isEmpty();
  }
}
