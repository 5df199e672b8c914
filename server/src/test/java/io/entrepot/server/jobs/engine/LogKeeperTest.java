// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.LogLine;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class LogKeeperTest {

  private static final String BOTH = "io.entrepot.server.database.TestDatabases#both";

  private final TestClock clock = TestClock.at("2026-03-01T12:00:00Z");

  private ManualJobs jobs(Database database) {
    return new ManualJobs(
        database,
        clock,
        TestKind.of(
            context -> {
              for (int i = 1; i <= 500; i++) {
                context.log(LogLevel.INFO, "file " + i + " of \"ours\" \u00e9");
              }
              context.warn("careful");
            }));
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_log_is_packed_an_hour_after_its_job_and_reads_as_before(Database database) {
    try (database) {
      ManualJobs manual = jobs(database);
      Job job = manual.jobs().start(JobsTest.order());
      manual.run();
      List<LogLine> whole = manual.jobs().log(job.id(), 0, 1_000);
      assertThat(whole).hasSize(501);

      clock.move(Duration.ofMinutes(59));
      manual.engine().logKeeper().keep();
      assertThat(rows(database, "job_log", job.id())).isEqualTo(501);

      clock.move(Duration.ofMinutes(2));
      manual.engine().logKeeper().keep();
      manual.engine().logKeeper().keep();

      assertThat(rows(database, "job_log", job.id())).isZero();
      assertThat(rows(database, "job_log_packed", job.id())).isOne();
      assertThat(manual.jobs().log(job.id(), 0, 1_000)).isEqualTo(whole);
      assertThat(manual.jobs().log(job.id(), 499, 1)).isEqualTo(whole.subList(499, 500));
      assertThat(manual.jobs().log(job.id(), 501, 10)).isEmpty();
      assertThat(manual.jobs().logTail(job.id(), 2)).isEqualTo(whole.subList(499, 501));
      assertThat(manual.jobs().logTail(job.id(), 9_999)).isEqualTo(whole);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void a_log_kept_long_enough_leaves_one_line_that_says_so(Database database) {
    try (database) {
      ManualJobs manual = jobs(database);
      Job job = manual.jobs().start(JobsTest.order());
      manual.run();

      clock.move(Duration.ofDays(90).minusMinutes(1));
      manual.engine().logKeeper().keep();
      assertThat(manual.jobs().logTail(job.id(), 1_000)).hasSize(501);

      clock.move(Duration.ofMinutes(2));
      manual.engine().logKeeper().keep();

      assertThat(manual.jobs().log(job.id(), 0, 10))
          .extracting(LogLine::text)
          .containsExactly("This log was kept for 90 days after its job had ended; it is gone.");
      clock.move(Duration.ofDays(1));
      LogLine left = manual.jobs().logTail(job.id(), 1).getFirst();
      manual.engine().logKeeper().keep();
      assertThat(manual.jobs().logTail(job.id(), 1)).containsExactly(left);
    }
  }

  @ParameterizedTest
  @MethodSource(BOTH)
  void the_log_of_a_job_that_goes_on_is_left_as_it_is(Database database) {
    try (database) {
      ManualJobs manual = new ManualJobs(database, clock, TestKind.of(_ -> {}));
      Job job = manual.jobs().start(JobsTest.order());
      manual
          .engine()
          .tables()
          .database()
          .write(
              () ->
                  manual
                      .engine()
                      .tables()
                      .logs()
                      .append(
                          job.id(),
                          new LogBuffer.Part(
                              List.of(new LogLine(1, clock.instant(), LogLevel.INFO, "waiting")),
                              null)));

      clock.move(Duration.ofDays(100));
      manual.engine().logKeeper().keep();

      assertThat(rows(database, "job_log", job.id())).isOne();
      assertThat(rows(database, "job_log_packed", job.id())).isZero();
    }
  }

  private static int rows(Database database, String table, Id job) {
    return database
        .sql("select count(*) from " + table + " where job_id = ?")
        .param(job.hex())
        .query(Integer.class)
        .single();
  }
}
