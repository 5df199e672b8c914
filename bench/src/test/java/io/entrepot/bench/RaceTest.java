// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RaceTest {

  private final List<String> log = new ArrayList<>();

  @Test
  void the_order_is_turned_round_after_every_round() {
    new Race("test", contestant("a"), contestant("b")).run(3);
    assertThat(log).containsExactly("a", "b", "a", "b", "b", "a", "a", "b");
  }

  private Contestant contestant(String name) {
    return new Contestant() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public String commandLine() {
        return "run " + name;
      }

      @Override
      public void prepare() {}

      @Override
      public Duration run() {
        log.add(name);
        return Duration.ofMillis(10);
      }
    };
  }
}
