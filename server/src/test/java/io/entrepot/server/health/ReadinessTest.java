// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.health;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.server.TestFolders;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Dialect;
import io.entrepot.server.database.Migrations;
import io.entrepot.server.database.Pools;
import io.entrepot.server.database.TestDatabases;
import io.entrepot.server.database.TestPostgresql;
import java.sql.Connection;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;

class ReadinessTest {

  private static final Duration PATIENCE = Duration.ofMillis(200);

  /** What a probe of a container waits, with room for a busy machine. */
  private static final Duration BOUND = Duration.ofSeconds(5);

  private record Part(String name, Supplier<Optional<String>> answer) implements HealthPart {
    @Override
    public Optional<String> trouble() {
      return answer.get();
    }
  }

  private static Readiness impatient(List<HealthPart> parts) {
    return new Readiness(parts, PATIENCE, Thread::start);
  }

  private static Map<String, Optional<String>> ask(Readiness readiness) {
    long begin = System.nanoTime();
    Map<String, Optional<String>> troubles = readiness.troubles();
    assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(BOUND);
    return troubles;
  }

  @Test
  void nobody_waits_for_a_part_that_does_not_answer_and_it_is_not_asked_twice() {
    CountDownLatch answers = new CountDownLatch(1);
    AtomicInteger asked = new AtomicInteger();
    Readiness readiness =
        impatient(
            List.of(
                new Part("well", Optional::empty),
                new Part("ill", () -> Optional.of("it is ill")),
                new Part(
                    "broken",
                    () -> {
                      throw new IllegalStateException("broken");
                    }),
                new Part(
                    "silent",
                    () -> {
                      asked.incrementAndGet();
                      try {
                        answers.await();
                      } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                      }
                      return Optional.empty();
                    })));

    for (int i = 0; i < 2; i++) {
      assertThat(ask(readiness))
          .containsEntry("well", Optional.empty())
          .containsEntry("ill", Optional.of("it is ill"))
          .containsEntry("broken", Optional.of("it does not answer"))
          .containsEntry("silent", Optional.of("it does not answer"));
    }

    assertThat(asked.get()).isOne();
    answers.countDown();
    assertThat(ask(readiness)).containsEntry("silent", Optional.empty());
  }

  @Test
  void a_database_all_of_whose_connections_hang_is_told_of_before_a_probe_gives_up()
      throws Exception {
    Pools pools = Pools.sqlite(TestFolders.create("busy").resolve("entrepot.db"));
    Migrations.run(pools.writer());
    try (Database database = new Database(Dialect.SQLITE, pools)) {
      Readiness readiness = impatient(List.of(new DatabasePart(database)));
      List<Connection> taken = new ArrayList<>();
      for (int i = 0; i < pools.reader().getMaximumPoolSize(); i++) {
        taken.add(pools.reader().getConnection());
      }

      assertThat(ask(readiness).get("database")).hasValue("it does not answer");

      for (Connection connection : taken) {
        connection.close();
      }
      assertThat(ask(readiness).get("database")).isEmpty();
    }
  }

  static Stream<String> addresses() {
    return Stream.concat(
        Stream.of(TestFolders.create("readers").resolve("entrepot.db").toString()),
        TestPostgresql.shared().stream().map(TestDatabases::createPostgresql));
  }

  @ParameterizedTest
  @MethodSource("addresses")
  void whoever_reads_is_refused_when_no_connection_is_to_be_had_in_time(String address)
      throws Exception {
    Pools pools = TestDatabases.pools(address);
    assertThat(pools.reader().getConnectionTimeout()).isLessThanOrEqualTo(10_000);
    pools.reader().setConnectionTimeout(500);
    try (Database database = new Database(TestDatabases.dialect(address), pools)) {
      List<Connection> taken = new ArrayList<>();
      while (taken.size() < pools.reader().getMaximumPoolSize()) {
        taken.add(pools.reader().getConnection());
      }

      assertThatThrownBy(() -> database.sql("select 1").query(Integer.class).single())
          .isInstanceOf(DataAccessException.class);

      taken.getFirst().close();
      assertThat(database.sql("select 1").query(Integer.class).single()).isOne();
      for (Connection connection : taken) {
        connection.close();
      }
    }
  }

  /** As in a container whose number of threads is bounded. */
  @Test
  void a_part_for_which_no_thread_was_to_be_had_is_asked_again_the_next_time() {
    AtomicInteger begun = new AtomicInteger();
    Readiness readiness =
        new Readiness(
            List.of(new Part("well", Optional::empty)),
            BOUND,
            thread -> {
              if (begun.incrementAndGet() == 1) {
                throw new OutOfMemoryError("unable to create native thread (pretended)");
              }
              thread.start();
            });

    assertThat(ask(readiness)).containsEntry("well", Optional.of("it does not answer"));
    assertThat(ask(readiness)).containsEntry("well", Optional.empty());
  }
}
