// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static io.entrepot.storage.StoreExam.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.fault.EventualStore;
import io.entrepot.storage.memory.MemoryStore;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A target that shows what was done to it only a while later: nothing is claimed that is not so.
 */
class EventualTargetTest extends MoverExam {

  private static final Duration LAG = Duration.ofMinutes(1);
  private static final CopyOptions ADOPTING = CopyOptions.STANDARD.withOccupied(Occupied.ADOPT);

  static Stream<EnumSet<Capability>> targets() {
    return Stream.of(EnumSet.allOf(Capability.class), EnumSet.of(Capability.CONDITIONAL_CREATE));
  }

  private MemoryStore held(EnumSet<Capability> capabilities) {
    return new MemoryStore(clock, capabilities);
  }

  private EventualStore late(Store held) {
    return new EventualStore(held, clock, LAG);
  }

  private static CopyOrder adopting(ObjectStat original) {
    return new CopyOrder(original, original.path(), ADOPTING);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void a_copy_that_is_not_shown_yet_is_proved_but_its_original_stays_until_it_is(
      EnumSet<Capability> capabilities) {
    MemoryStore held = held(capabilities);
    EventualStore target = late(held);
    ObjectStat original = source.generate(path("a"), 1, 100_000);

    VerifiedCopy copy = copied(copy(source, target, original));

    assertThat(get(held, path("a"))).isEqualTo(get(source, path("a")));
    assertThat(target.stat(path("a"))).as("not shown yet").isEmpty();
    assertThat(codeOf(() -> mover.removeOriginal(copy))).isEqualTo(ErrorCode.COPY_LOST);
    assertThat(source.stat(path("a"))).isPresent();

    now = now.plus(LAG);
    mover.removeOriginal(copy);
    assertThat(source.stat(path("a"))).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void a_name_that_is_taken_and_not_shown_yet_is_neither_replaced_nor_proved(
      EnumSet<Capability> capabilities) {
    MemoryStore held = held(capabilities);
    EventualStore target = late(held);
    ObjectStat original = source.generate(path("a"), 1, 100_000);
    put(target, "a", bytes(99, 10));

    assertThat(copy(source, target, adopting(original))).isInstanceOf(Outcome.Failed.class);

    assertThat(get(held, path("a"))).isEqualTo(bytes(99, 10));
    assertThat(everything(held, Staging.FOLDER)).isEmpty();
  }

  @ParameterizedTest
  @MethodSource("targets")
  void a_copy_made_before_and_not_shown_yet_is_found_when_it_is_asked_for_again(
      EnumSet<Capability> capabilities) {
    MemoryStore held = held(capabilities);
    EventualStore target = late(held);
    ObjectStat original = source.generate(path("a"), 1, 100_000);
    copied(copy(source, target, original));

    assertThat(copy(source, target, adopting(original))).isInstanceOf(Outcome.Failed.class);
    now = now.plus(LAG);

    assertThat(copy(source, target, adopting(original))).isInstanceOf(Outcome.AlreadyThere.class);
    assertThat(everything(held, ObjectPath.BASE)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource("targets")
  void a_copy_that_was_deleted_and_is_still_shown_is_not_taken_for_one(
      EnumSet<Capability> capabilities) {
    MemoryStore held = held(capabilities);
    EventualStore target = late(held);
    ObjectStat original = source.generate(path("a"), 1, 100_000);
    copied(copy(source, target, original));
    now = now.plus(LAG);
    target.delete(path("a"));

    assertThat(target.stat(path("a"))).as("still shown").isPresent();
    assertThat(copy(source, target, adopting(original))).isInstanceOf(Outcome.Failed.class);
    assertThat(held.stat(path("a"))).isEmpty();

    now = now.plus(LAG);
    copied(copy(source, target, adopting(original)));
  }

  @Test
  void a_source_that_shows_an_older_and_smaller_version_gives_no_copy() {
    MemoryStore files = new MemoryStore(clock);
    EventualStore late = late(files);
    put(late, "a", bytes(1, 1_000));
    now = now.plus(LAG);
    ObjectStat shown = late.stat(path("a")).orElseThrow();
    put(late, "a", bytes(2, 2_000));

    assertThat(copy(late, target, shown)).isInstanceOf(Outcome.Failed.class);
    assertHoldsNothing(target);
  }

  /** Rounds of copying and removing, as harvests do, with outcomes forgotten now and then. */
  @ParameterizedTest
  @MethodSource("targets")
  void runs_of_a_harvest_bring_everything_over_and_lose_nothing_on_the_way(
      EnumSet<Capability> capabilities) {
    long seed = new SecureRandom().nextLong();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    MemoryStore held = held(capabilities);
    EventualStore target = late(held);
    List<ObjectStat> originals = new ArrayList<>();
    for (int i = 0; i < 40; i++) {
      originals.add(source.generate(path("d" + i % 3 + "/f" + i), i, 1 + random.nextInt(50_000)));
    }

    int runs = 0;
    while (!everything(source, ObjectPath.BASE).isEmpty()) {
      assertThat(runs++).as("runs, seed " + seed).isLessThan(100);
      List<CopyOrder> orders =
          everything(source, ObjectPath.BASE).stream()
              .filter(_ -> random.nextInt(3) > 0)
              .map(EventualTargetTest::adopting)
              .toList();
      for (Outcome outcome : mover.copy(new Route(source, target), orders, CopyControl.NONE)) {
        removeWhereProved(outcome, random);
      }
      originals.forEach(original -> assertNotLost(original, held, seed));
      now = now.plusSeconds(random.nextInt(40));
      Staging.reclaim(target, now.minusSeconds(1));
    }

    assertThat(everything(held, Staging.FOLDER)).isEmpty();
    assertThat(everything(held, ObjectPath.BASE)).hasSize(originals.size());
  }

  private void removeWhereProved(Outcome outcome, Random random) {
    boolean forgotten = random.nextInt(4) == 0;
    switch (outcome) {
      case Outcome.Copied(_, VerifiedCopy copy) when !forgotten -> removeIfShown(copy);
      case Outcome.AlreadyThere(_, VerifiedCopy copy) when !forgotten -> removeIfShown(copy);
      case Outcome.Copied _, Outcome.AlreadyThere _, Outcome.Failed _ -> {}
      case Outcome.SourceChanged changed -> throw new AssertionError(changed);
    }
  }

  private void removeIfShown(VerifiedCopy copy) {
    try {
      mover.removeOriginal(copy);
    } catch (StoreException notShown) {
      assertThat(notShown.code()).isEqualTo(ErrorCode.COPY_LOST);
    }
  }

  private void assertNotLost(ObjectStat original, MemoryStore held, long seed) {
    MemoryStore expected = new MemoryStore(clock);
    int number = Integer.parseInt(original.path().name().substring(1));
    expected.generate(original.path(), number, original.size());
    byte[] content = get(expected, original.path());
    if (held.stat(original.path()).isPresent()) {
      assertThat(get(held, original.path())).as("seed " + seed).isEqualTo(content);
    } else {
      assertThat(source.stat(original.path())).as("seed " + seed).isPresent();
    }
  }
}
