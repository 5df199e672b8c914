// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class MoverTest {

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final InstantSource clock = () -> now;
  private final MemoryStore source = new MemoryStore(clock);
  private final MemoryStore target = new MemoryStore(clock);
  private final Mover mover = new Mover(new IdSource(clock, new Random(1)), clock);

  @Test
  void a_copy_holds_the_same_bytes_and_time_and_its_proof_says_how_that_is_known()
      throws Exception {
    ObjectStat original = source.generate(path("runs/1/scan.raw"), 7, 3_000_000);
    now = now.plusSeconds(60);

    Outcome outcome = copy(new Route(source, target), original, "in/scan.raw");

    assertThat(outcome).isInstanceOf(Outcome.Copied.class);
    VerifiedCopy copy = ((Outcome.Copied) outcome).copy();
    assertThat(copy.source()).isEqualTo(original);
    assertThat(copy.target()).isEqualTo(path("in/scan.raw"));
    assertThat(copy.proof().at()).isEqualTo(now);
    assertThat(copy.proof().digests()).hasSize(2);
    try (InputStream here = source.read(original.path(), ReadOptions.WHOLE);
        InputStream there = target.read(path("in/scan.raw"), ReadOptions.WHOLE)) {
      assertThat(there).hasSameContentAs(here);
    }
    assertThat(target.stat(path("in/scan.raw")).orElseThrow().modified())
        .isEqualTo(original.modified());
    assertThat(target.list(Staging.FOLDER)).isExhausted();
  }

  @Test
  void a_taken_name_is_not_replaced() {
    ObjectStat original = source.generate(path("a"), 7, 10);
    ObjectStat taken = target.generate(path("a"), 8, 10);

    Outcome outcome = copy(new Route(source, target), original, "a");

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).cause().code()).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(target.stat(path("a"))).contains(taken);
  }

  @Test
  void a_store_that_cannot_publish_is_written_under_the_final_name() {
    MemoryStore objects = new MemoryStore(clock, EnumSet.of(Capability.CONDITIONAL_CREATE));
    ObjectStat original = source.generate(path("a"), 7, 10);

    assertThat(copy(new Route(source, objects), original, "b/c"))
        .isInstanceOf(Outcome.Copied.class);
    assertThat(objects.stat(path("b/c"))).isPresent();
  }

  private Outcome copy(Route route, ObjectStat original, String to) {
    return mover
        .copy(route, List.of(CopyOrder.of(original, path(to))), CopyControl.NONE)
        .getFirst();
  }

  private static ObjectPath path(String text) {
    return new ObjectPath(text);
  }
}
