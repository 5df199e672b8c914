// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.fault.Crash;
import io.entrepot.storage.fault.CrashPlan;
import io.entrepot.storage.fault.CrashingStore;
import io.entrepot.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The process and the power end at operation 1, 2, 3 … until a run gets through. */
class CrashTest extends MoverExam {

  private static final long SEED = 20261121;

  private final Map<ObjectPath, byte[]> written = new HashMap<>();

  private MemoryStore originals() {
    MemoryStore store = new MemoryStore(clock);
    for (int i = 0; i < 3; i++) {
      put(store, "in/f" + i, bytes(i, 700_000 * i));
      written.put(path("in/f" + i), bytes(i, 700_000 * i));
    }
    return store;
  }

  /** Copies what is still at the source and removes each original that has proof. */
  private void moveAll(CrashingStore from, CrashingStore to, List<ObjectStat> originals) {
    List<CopyOrder> orders = new ArrayList<>();
    CopyOptions options = CopyOptions.STANDARD.withOccupied(Occupied.ADOPT);
    for (ObjectStat original : originals) {
      orders.add(new CopyOrder(original, original.path(), options));
    }
    for (Outcome outcome : mover.copy(new Route(from, to), orders, CopyControl.NONE)) {
      switch (outcome) {
        case Outcome.Copied(_, VerifiedCopy copy) -> mover.removeOriginal(copy);
        case Outcome.AlreadyThere(_, VerifiedCopy copy) -> mover.removeOriginal(copy);
        case Outcome.SourceChanged _, Outcome.Failed _ -> throw new AssertionError(outcome);
      }
    }
  }

  private boolean run(MemoryStore from, MemoryStore to, CrashPlan plan) {
    CrashingStore source = new CrashingStore(from, plan);
    CrashingStore target = new CrashingStore(to, plan);
    List<ObjectStat> originals = everything(from, ObjectPath.BASE);
    try {
      moveAll(source, target, originals);
      return true;
    } catch (Crash crash) {
      return false;
    }
  }

  private void assertNothingLost(MemoryStore from, MemoryStore to) {
    written.forEach(
        (path, content) -> {
          boolean copied = to.stat(path).isPresent();
          assertThat(copied || from.stat(path).isPresent()).as("lost " + path).isTrue();
          if (copied) {
            assertThat(get(to, path)).isEqualTo(content);
          }
        });
  }

  @Test
  void a_crash_at_any_operation_loses_no_file_and_shows_no_half_one() {
    for (boolean publishes : new boolean[] {true, false}) {
      int number = 0;
      boolean through = false;
      while (!through) {
        number++;
        MemoryStore from = originals();
        MemoryStore to =
            publishes
                ? new MemoryStore(clock)
                : new MemoryStore(clock, EnumSet.of(Capability.CONDITIONAL_CREATE));
        through = run(from, to, new CrashPlan(number, new Random(SEED + number)));
        assertNothingLost(from, to);
        resume(from, to);
      }
      assertThat(number).as("crash points").isBetween(20, 500);
    }
  }

  private void resume(MemoryStore from, MemoryStore to) {
    now = now.plusSeconds(1);
    Staging.reclaim(to, now);
    assertThat(everything(to, Staging.FOLDER)).isEmpty();
    assertThat(run(from, to, new CrashPlan(Long.MAX_VALUE, new Random(SEED)))).isTrue();
    assertThat(everything(from, ObjectPath.BASE)).isEmpty();
    assertThat(everything(to, ObjectPath.BASE))
        .extracting(ObjectStat::path)
        .containsExactlyInAnyOrderElementsOf(written.keySet());
    assertNothingLost(from, to);
  }

  @Test
  void crashes_one_after_the_other_lose_nothing_either() {
    Random random = new Random(SEED);
    for (int round = 0; round < 20; round++) {
      MemoryStore from = originals();
      MemoryStore to = new MemoryStore(clock);
      boolean through = false;
      for (int crashes = 0; !through && crashes < 50; crashes++) {
        through = run(from, to, new CrashPlan(1 + random.nextInt(60), random));
        assertNothingLost(from, to);
      }
      assertNothingLost(from, to);
      resume(from, to);
    }
  }
}
