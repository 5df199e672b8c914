// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobEvent;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

class EventRingTest {

  private static final Duration AT_ONCE = Duration.ZERO;

  private final TestClock clock = TestClock.at("2026-03-01T10:00:00Z");
  private final Database database = TestDatabases.sqlite();
  private final ManualJobs manual = new ManualJobs(database, clock, TestKind.of(_ -> {}));

  @AfterEach
  void close() {
    database.close();
  }

  private Job start() {
    return manual
        .jobs()
        .start(JobOrder.of("test", "x", JsonMapper.shared().createObjectNode(), Actor.HOUSE));
  }

  private static List<JobState> states(List<JobEvent> events) {
    return events.stream()
        .filter(JobEvent.Changed.class::isInstance)
        .map(event -> ((JobEvent.Changed) event).now().state())
        .toList();
  }

  @Test
  void a_new_listener_gets_the_present_state_and_then_each_change() throws Exception {
    Job job = start();
    try (var heard = manual.events().subscribe(job.id(), null)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.PENDING);
      assertThat(heard.next(AT_ONCE)).isEmpty();

      start();
      manual.run();

      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.RUNNING, JobState.COMPLETED);
      assertThat(heard.isOver()).isTrue();
    }
  }

  @Test
  void a_listener_that_comes_back_goes_on_where_it_was() throws Exception {
    Job job = start();
    long last;
    try (var heard = manual.events().subscribe(job.id(), null)) {
      last = heard.next(AT_ONCE).getLast().number();
    }

    manual.run();

    try (var heard = manual.events().subscribe(job.id(), last)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.RUNNING, JobState.COMPLETED);
    }
  }

  @Test
  void nothing_is_told_of_a_job_after_its_end() throws Exception {
    Job job = start();
    long first;
    try (var heard = manual.events().subscribe(job.id(), null)) {
      first = heard.next(AT_ONCE).getLast().number();
    }
    manual.run();
    ((EventRing) manual.events()).changed(manual.jobs().find(job.id()).orElseThrow());

    try (var heard = manual.events().subscribe(job.id(), first)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.RUNNING, JobState.COMPLETED);
      assertThat(heard.isOver()).isTrue();
    }
  }

  @Test
  void a_listener_that_missed_too_much_or_knew_an_earlier_server_begins_anew() throws Exception {
    Job job = start();
    try (var heard = manual.events().subscribe(null, 17L)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.PENDING);
    }
    try (var heard = manual.events().subscribe(job.id(), Long.MAX_VALUE)) {
      assertThat(states(heard.next(AT_ONCE))).containsExactly(JobState.PENDING);
    }
  }

  @Test
  void closing_ends_every_listener() throws Exception {
    try (var heard = manual.events().subscribe(null, null)) {
      heard.next(AT_ONCE);
      manual.engine().close();

      assertThat(heard.next(Duration.ofMinutes(1))).isEmpty();
      assertThat(heard.isOver()).isTrue();
    }
  }
}
