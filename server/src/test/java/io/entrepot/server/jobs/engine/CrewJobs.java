// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobKinds;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.Recovery;
import io.entrepot.server.jobs.engine.Workers.Crew;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/**
 * The kinds of job that a {@link CrewProcess} knows. Each of their effects is a row that says whose
 * it is: nothing in the table keeps one from being there twice.
 */
final class CrewJobs {

  /** One effect that it does not repeat, and it can begin again. */
  static final String PLAIN = "plain";

  /** Three steps with such an effect each. */
  static final String STEPS = "steps";

  /** One effect, and it cannot begin again. */
  static final String ONCE = "once";

  /** Effects every twentieth of a second, as many as the order says; goes on where it was. */
  static final String LONG = "long";

  /** Fails by an error that is no exception. */
  static final String ERROR = "error";

  /** Takes all memory there is. */
  static final String MEMORY = "memory";

  /** Never returns, and does not listen. */
  static final String STUCK = "stuck";

  /** Writes a gigabyte into its log. */
  static final String CHATTY = "chatty";

  /** Starts programs and leaves them behind. */
  static final String FORKS = "forks";

  private static final Duration BETWEEN_EFFECTS = Duration.ofMillis(50);
  private static final long CHATTER = 1L << 30;
  private static final int CHILDREN = 50;

  private final Database database;
  private final String node;

  private CrewJobs(Database database, String node) {
    this.database = database;
    this.node = node;
  }

  /** The table that effects go to. */
  static void prepare(Database database) {
    database.write(
        () ->
            database
                .sql(
                    "create table crew_effect ("
                        + (database.dialect() == Dialect.POSTGRESQL
                            ? "number bigserial"
                            : "number integer primary key")
                        + ", job text not null, part integer not null, node text not null)")
                .update());
  }

  static JobOrder order(String kind) {
    return order(kind, JsonMapper.shared().createObjectNode());
  }

  static JobOrder order(String kind, ObjectNode parameters) {
    return JobOrder.of(kind, "thing:1", parameters, Actor.HOUSE);
  }

  /** An order that excludes others with the same lock. */
  static JobOrder locked(String kind, String lock) {
    return order(kind, JsonMapper.shared().createObjectNode().put("lock", lock));
  }

  /** One that is not started yet. */
  static JobEngine engine(Database database, String node, int threads) {
    JobKinds kinds = new JobKinds();
    for (JobKind kind : new CrewJobs(database, node).kinds()) {
      kinds.register(kind);
    }
    IdSource ids = new IdSource(Clock.systemUTC(), new Random());
    return new JobEngine(
        database, kinds, ids, Clock.systemUTC(), new Crew(node, threads, Duration.ofDays(90)));
  }

  /** For somebody who orders and looks, and does no work. */
  static ManualJobs office(Database database) {
    return new ManualJobs(
        database,
        Clock.systemUTC(),
        "office",
        new CrewJobs(database, "office").kinds().toArray(JobKind[]::new));
  }

  private List<JobKind> kinds() {
    return List.of(
        new TestKind(PLAIN, Recovery.RESUME, false, context -> effectUnlessThere(context, 0)),
        new TestKind(STEPS, Recovery.RESUME, false, this::steps),
        new TestKind(ONCE, Recovery.FAIL, false, context -> effect(context, 0)),
        new TestKind(LONG, Recovery.RESUME, false, this::goOn),
        new TestKind(
            ERROR,
            Recovery.RESUME,
            false,
            _ -> {
              throw new StackOverflowError("on purpose");
            }),
        new TestKind(MEMORY, Recovery.RESUME, false, _ -> takeAll()),
        new TestKind(STUCK, Recovery.RESUME, false, _ -> never()),
        new TestKind(CHATTY, Recovery.RESUME, false, CrewJobs::chatter),
        new TestKind(FORKS, Recovery.RESUME, false, _ -> fork()));
  }

  private void effect(JobContext context, int part) {
    context.effect(
        () ->
            database
                .sql("insert into crew_effect (job, part, node) values (?, ?, ?)")
                .params(context.job().hex(), part, node)
                .update());
  }

  private void steps(JobContext context) throws Exception {
    for (int i = 0; i < 3; i++) {
      int part = i;
      context.step("step " + part, true, () -> effectUnlessThere(context, part));
    }
  }

  /** What begins again after its effect was had, and before that it ended, has to look for it. */
  private void effectUnlessThere(JobContext context, int part) {
    context.effect(
        () -> {
          if (done(context) <= part) {
            effect(context, part);
          }
        });
  }

  private void goOn(JobContext context) throws InterruptedException {
    int count = context.parameters().path("effects").asInt();
    for (int part = done(context); part < count; part++) {
      context.checkCancelled();
      effect(context, part);
      TimeUnit.MILLISECONDS.sleep(BETWEEN_EFFECTS.toMillis());
    }
  }

  private int done(JobContext context) {
    return database
        .sql("select count(*) from crew_effect where job = ?")
        .param(context.job().hex())
        .query(Integer.class)
        .single();
  }

  private static void takeAll() {
    List<byte[]> taken = new ArrayList<>();
    while (true) {
      taken.add(new byte[8 << 20]);
    }
  }

  private static void never() {
    CountDownLatch end = new CountDownLatch(1);
    while (true) {
      try {
        end.await();
      } catch (InterruptedException e) {
        // It does not listen.
      }
    }
  }

  private static void chatter(JobContext context) {
    String line = "x".repeat(4 << 10);
    for (long written = 0; written < CHATTER; written += line.length()) {
      context.log(LogLevel.INFO, line);
    }
  }

  private static void fork() throws Exception {
    for (int i = 0; i < CHILDREN; i++) {
      new ProcessBuilder("sleep", "20").start();
    }
  }
}
