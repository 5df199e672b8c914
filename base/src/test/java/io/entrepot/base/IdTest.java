// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdTest {

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final InstantSource clock = () -> now;
  private final IdSource ids = new IdSource(clock, new Random(7));

  @Test
  void an_id_survives_the_trip_through_a_version_8_uuid() {
    Id id = ids.next();
    UUID uuid = id.toUuid();

    assertThat(uuid.version()).isEqualTo(8);
    assertThat(uuid.variant()).isEqualTo(2);
    assertThat(Id.fromUuid(uuid)).isEqualTo(id);
  }

  @Test
  void a_uuid_made_elsewhere_is_refused() {
    assertThatThrownBy(() -> Id.fromUuid(UUID.fromString("1b4e28ba-2fa1-41d2-883f-0016d3cca427")))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void ids_increase_within_a_millisecond_and_when_the_clock_steps_back() {
    List<Id> made = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      made.add(ids.next());
    }
    now = now.minusSeconds(60);
    made.add(ids.next());

    assertThat(made).isSorted().doesNotHaveDuplicates();
  }

  @Test
  void a_file_id_fits_87_bits_and_increases() {
    List<Id> made = new ArrayList<>();
    for (int i = 0; i < 70_000; i++) {
      made.add(ids.nextForFile());
    }
    now = now.plusMillis(1000);
    made.add(ids.nextForFile());

    assertThat(made).isSorted().doesNotHaveDuplicates();
    assertThat(made)
        .allSatisfy(
            id -> assertThat(new BigInteger(id.hex(), 16).bitLength()).isLessThanOrEqualTo(87));
  }

  @Test
  void text_that_is_no_id_is_refused() {
    assertThatThrownBy(() -> new Id("0123")).isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Id("ABCDEFABCDEFABCDEFABCDEF"))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
