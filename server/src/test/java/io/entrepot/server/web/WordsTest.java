// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsTest {

  private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");

  private final Words words = new Words(() -> NOW);

  private String told(Duration ahead) {
    return words.moment(NOW.plus(ahead)).words().replace('\u00a0', ' ');
  }

  @ParameterizedTest
  @CsvSource({
    "PT14.2S, in 15 s",
    "PT14M40S, in 15 min",
    "PT59M31S, in 1 h",
    "PT62M, in 1 h",
    "PT90M, in 1½ h",
    "PT13H50M, in 14 h",
    "PT38H, in 38 h",
    "PT48H, in 2 d",
    "PT62H, in 2½ d",
    "P89DT23H59M50S, in 90 d",
    "-PT3S, just now",
    "-PT8.9S, 8 s ago",
    "-PT119S, 2 min ago",
    "-PT62H, 2½ d ago",
    "-P6DT20H, 7 d ago"
  })
  void a_time_is_rounded_as_a_person_would(Duration ahead, String told) {
    assertThat(told(ahead)).isEqualTo(told);
  }

  @Test
  void no_line_ends_between_a_figure_and_its_unit() {
    assertThat(words.moment(NOW.plusSeconds(3600)).words()).isEqualTo("in 1\u00a0h");
  }
}
