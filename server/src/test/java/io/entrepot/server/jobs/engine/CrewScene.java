// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestFolders;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.database.TestPostgresql;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.engine.CrewProcess.Orders;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** A database of its own on which crews work, and how they are judged by what is in it. */
final class CrewScene implements AutoCloseable {

  /** A claim is given up after 20 seconds; then somebody has to look for it. */
  static final Duration LEASE_AND_A_LOOK = Duration.ofSeconds(35);

  private final String address;
  private final Database database;
  private final ManualJobs office;
  private int crews;

  CrewScene(Dialect dialect) {
    this.address = address(dialect);
    this.database = new Database(dialect, TestDatabases.pools(address));
    this.office = CrewJobs.office(database);
    CrewJobs.prepare(database);
  }

  private static String address(Dialect dialect) {
    if (dialect == Dialect.SQLITE) {
      Path file = TestFolders.create("crew").resolve("entrepot.db");
      TestDatabases.copySqlite(file);
      return file.toString();
    }
    Assumptions.assumeTrue(TestPostgresql.shared().isPresent(), "no PostgreSQL here");
    return TestDatabases.createPostgresql(TestPostgresql.shared().orElseThrow());
  }

  Database database() {
    return database;
  }

  Job order(JobOrder order) {
    return office.jobs().start(order);
  }

  Job now(Job job) {
    return office.jobs().find(job.id()).orElseThrow();
  }

  /** How many jobs there are in a state, counted up to a limit. */
  long count(JobState state, long limit) {
    return office.jobs().count(JobFilter.ALL.inStates(Set.of(state)), limit);
  }

  /** The next crew, under a name that no other had. */
  Orders crew(int threads) {
    crews++;
    return Orders.of(address, "crew-" + crews, threads);
  }

  boolean over(List<Job> jobs) {
    return jobs.stream().allMatch(job -> now(job).state().isFinal());
  }

  /** Waits; false when it did not come true in time. */
  static boolean await(Duration patience, BooleanSupplier condition) throws InterruptedException {
    Instant end = Instant.now().plus(patience);
    while (!condition.getAsBoolean()) {
      if (Instant.now().isAfter(end)) {
        return false;
      }
      TimeUnit.MILLISECONDS.sleep(20);
    }
    return true;
  }

  /** How often each part of a job was done, by part. */
  List<Integer> effects(Job job) {
    return database
        .sql("select count(*) from crew_effect where job = ? group by part order by part")
        .param(job.id().hex())
        .query(Integer.class)
        .list();
  }

  /** Each of so many parts has its effect, and once. */
  void assertDoneOnce(Job job, int parts) {
    assertThat(effects(job))
        .as("effects of %s (%s)", job.id(), job.order().kind())
        .hasSize(parts)
        .allSatisfy(times -> assertThat(times).isOne());
  }

  /** Nobody holds a resource, and no task waits for a worker. */
  void assertNothingLeft() {
    assertThat(number("select count(*) from job_lock")).as("locks").isZero();
    assertThat(number("select count(*) from scheduled_tasks")).as("tasks").isZero();
  }

  long number(String question) {
    return database.sql(question).query(Long.class).single();
  }

  @Override
  public void close() {
    database.close();
  }
}
