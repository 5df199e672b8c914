// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LastActsTest {

  private final List<String> done = new ArrayList<>();
  private final LastActs acts = new LastActs();

  @Test
  void the_last_one_told_is_done_first() {
    acts.add(() -> done.add("database"));
    acts.add(() -> done.add("server"));
    acts.run();
    assertThat(done).containsExactly("server", "database");
  }

  @Test
  void one_that_fails_keeps_no_other_from_its_end_and_every_failure_is_told() {
    IllegalStateException first = new IllegalStateException("the browser is gone");
    AssertionError second = new AssertionError("the server hangs");
    acts.add(() -> done.add("database"));
    acts.add(
        () -> {
          throw second;
        });
    acts.add(() -> done.add("server"));
    acts.add(
        () -> {
          throw first;
        });
    assertThatThrownBy(acts::run).hasMessageContaining("2").hasSuppressedException(first);
    assertThatThrownBy(acts::run).hasSuppressedException(second);
    assertThat(done).containsExactly("server", "database", "server", "database");
  }
}
