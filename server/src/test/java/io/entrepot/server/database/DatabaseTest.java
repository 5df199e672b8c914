// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.dao.DataAccessException;
import org.springframework.dao.DuplicateKeyException;

class DatabaseTest {

  private static final String INSERT = "insert into setting (name, value) values (?, ?)";

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void what_is_written_in_a_transaction_is_read_outside_it(Database database) {
    try (database) {
      database.write(() -> database.batch(INSERT, List.<Object[]>of(new Object[] {"a", "1"})));

      assertThat(database.sql("select value from setting").query(String.class).single())
          .isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_transaction_that_throws_leaves_nothing(Database database) {
    try (database) {
      assertThatThrownBy(
              () ->
                  database.write(
                      () -> {
                        database.sql(INSERT).params("a", "1").update();
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");

      assertThat(database.sql("select count(*) from setting").query(Long.class).single()).isZero();
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_statement_that_writes_outside_a_transaction_is_refused(Database database) {
    try (database) {
      assertThatThrownBy(() -> database.sql(INSERT).params("a", "1").update())
          .isInstanceOf(DataAccessException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_second_row_with_the_same_key_is_one_kind_of_error_everywhere(Database database) {
    try (database) {
      database.write(() -> database.sql(INSERT).params("a", "1").update());

      assertThatThrownBy(() -> database.write(() -> database.sql(INSERT).params("a", "2").update()))
          .isInstanceOf(DuplicateKeyException.class);
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void what_follows_a_commit_has_a_transaction_of_its_own(Database database) {
    List<String> order = new ArrayList<>();
    try (database) {
      database.write(
          () ->
              database.afterCommit(
                  () -> {
                    database.write(
                        () -> {
                          database.sql(INSERT).params("a", "1").update();
                          database.afterCommit(() -> order.add("second"));
                        });
                    order.add("first is back");
                  }));

      assertThat(order).containsExactly("second", "first is back");
      assertThat(database.sql("select value from setting").query(String.class).single())
          .isEqualTo("1");
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void nothing_follows_a_transaction_that_was_undone(Database database) {
    List<String> done = new ArrayList<>();
    try (database) {
      assertThatThrownBy(
              () ->
                  database.write(
                      () -> {
                        database.afterCommit(() -> done.add("too much"));
                        throw new IllegalStateException("no");
                      }))
          .hasMessage("no");
      database.afterCommit(() -> done.add("at once"));

      assertThat(done).containsExactly("at once");
    }
  }

  @Test
  void rows_of_a_server_that_fell_silent_are_kept_from_others_for_fifteen_seconds_at_most() {
    try (Database database = TestDatabases.postgresql()) {
      String limit =
          database.write(
              () ->
                  database
                      .sql("show idle_in_transaction_session_timeout")
                      .query(String.class)
                      .single());
      assertThat(limit).isEqualTo("15s");
    }
  }
}
