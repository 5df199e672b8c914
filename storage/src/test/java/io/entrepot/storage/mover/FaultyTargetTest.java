// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.fault.FaultyStore;
import io.entrepot.storage.fault.Operation;
import io.entrepot.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import org.junit.jupiter.api.Test;

class FaultyTargetTest extends MoverExam {

  private final List<CopyOrder> orders = new ArrayList<>();

  private static MemoryStore objects(MoverExam exam) {
    return new MemoryStore(exam.clock, EnumSet.of(Capability.CONDITIONAL_CREATE));
  }

  private List<Outcome> copyFour(Store from, Store to, Occupied occupied) {
    orders.clear();
    for (int i = 0; i < 4; i++) {
      ObjectPath path = path("d" + i % 2 + "/f" + i);
      ObjectStat original =
          source.stat(path).orElseGet(() -> source.generate(path, path.hashCode(), 1_100_000));
      orders.add(new CopyOrder(original, path, CopyOptions.STANDARD.withOccupied(occupied)));
    }
    return mover.copy(new Route(from, to), orders, CopyControl.NONE);
  }

  /** Under final names there are only whole copies, and none is claimed that is not there. */
  private void assertHonest(Store to, List<Outcome> outcomes) {
    for (Outcome outcome : outcomes) {
      ObjectPath path = outcome.order().target();
      boolean there = to.stat(path).isPresent();
      if (there) {
        assertThat(get(to, path)).isEqualTo(get(source, path));
      }
      if (outcome instanceof Outcome.Copied || outcome instanceof Outcome.AlreadyThere) {
        assertThat(there).as(path.text()).isTrue();
      }
    }
  }

  @Test
  void a_bit_that_flips_on_its_way_to_the_medium_is_found_and_nothing_is_kept() {
    for (long at : new long[] {0, 1, 1_048_576, 1_099_999}) {
      for (MemoryStore to : List.of(target, objects(this))) {
        FaultyStore flipping =
            new FaultyStore(to)
                .flipOnWrite(path -> path.text().endsWith("-2") || path.text().endsWith("f2"), at);

        List<Outcome> outcomes = copyFour(source, flipping, Occupied.REFUSE);

        assertThat(failed(outcomes.get(2))).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
        assertThat(outcomes).filteredOn(Outcome.Copied.class::isInstance).hasSize(3);
        assertThat(to.stat(path("d0/f2"))).isEmpty();
        assertThat(everything(to, Staging.FOLDER)).isEmpty();
        orders.forEach(order -> to.delete(order.target()));
      }
    }
  }

  @Test
  void a_bit_that_flips_on_the_way_back_is_a_mismatch_and_not_tried_again() {
    int[] reads = {0};
    FaultyStore flipping =
        new FaultyStore(target).flipOnRead(_ -> true, 77).before(Operation.READ, _ -> reads[0]++);
    ObjectStat original = source.generate(path("a"), 1, 1000);

    assertThat(failed(copy(source, flipping, original))).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    assertThat(reads[0]).isEqualTo(1);
    assertHoldsNothing(target);
  }

  @Test
  void a_server_digest_that_differs_is_a_mismatch() {
    ObjectStat original = source.generate(path("a"), 1, 1000);
    CopyOptions options = CopyOptions.STANDARD.withMethod(ProofMethod.SERVER_DIGEST);
    FaultyStore flipping = new FaultyStore(target).flipOnWrite(_ -> true, 5);

    Outcome outcome = copy(source, flipping, new CopyOrder(original, path("a"), options));

    assertThat(failed(outcome)).isEqualTo(ErrorCode.CHECKSUM_MISMATCH);
    assertHoldsNothing(target);
  }

  @Test
  void a_target_that_fails_at_any_operation_keeps_no_half_and_is_finished_next_time() {
    for (boolean publishes : new boolean[] {true, false}) {
      long number = 0;
      FaultyStore faulty;
      do {
        MemoryStore to = publishes ? new MemoryStore(clock) : objects(this);
        faulty = new FaultyStore(to).failAt(++number, ErrorCode.STORE_WRITE_FAILED);

        List<Outcome> outcomes = copyFour(source, faulty, Occupied.ADOPT);

        assertHonest(to, outcomes);
        faulty.heal();
        List<Outcome> again = copyFour(source, faulty, Occupied.ADOPT);
        assertThat(again).noneMatch(Outcome.Failed.class::isInstance);
        assertHonest(to, again);
      } while (faulty.operations() >= number && number < 200);
      assertThat(number).isBetween(20L, 199L);
    }
  }

  @Test
  void a_source_that_fails_at_any_operation_fails_one_order_only() {
    long number = 0;
    FaultyStore faulty;
    do {
      MemoryStore to = new MemoryStore(clock);
      faulty = new FaultyStore(source).failAt(++number, ErrorCode.STORE_UNREACHABLE);
      List<Outcome> outcomes = copyFour(faulty, to, Occupied.REFUSE);
      assertThat(outcomes).filteredOn(Outcome.Failed.class::isInstance).hasSizeLessThan(2);
      assertHonest(to, outcomes);
      assertThat(everything(to, Staging.FOLDER)).isEmpty();
    } while (faulty.operations() >= number);
    assertThat(number).isGreaterThan(10);
  }

  @Test
  void one_folder_without_permission_does_not_stop_the_rest_of_the_batch() {
    FaultyStore faulty =
        new FaultyStore(target)
            .failWhen(
                (operation, path) -> operation == Operation.PUBLISH && path.text().startsWith("d0"),
                ErrorCode.STORE_ACCESS_DENIED);

    List<Outcome> outcomes = copyFour(source, faulty, Occupied.REFUSE);

    assertThat(failed(outcomes.get(0))).isEqualTo(ErrorCode.STORE_ACCESS_DENIED);
    assertThat(failed(outcomes.get(2))).isEqualTo(ErrorCode.STORE_ACCESS_DENIED);
    copied(outcomes.get(1));
    copied(outcomes.get(3));
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void a_volume_that_went_read_only_while_publishing_proves_nothing() {
    FaultyStore faulty =
        new FaultyStore(target)
            .failWhen(
                (operation, path) -> operation == Operation.PUBLISH && path.text().equals("d0/f2"),
                ErrorCode.STORE_READ_ONLY);

    List<Outcome> outcomes = copyFour(source, faulty, Occupied.REFUSE);

    assertThat(outcomes).allMatch(Outcome.Failed.class::isInstance);
    assertThat(outcomes).extracting(MoverExam::failed).containsOnly(ErrorCode.STORE_READ_ONLY);
    assertHonest(target, outcomes);
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void a_name_taken_between_the_look_and_the_publication_is_not_replaced() {
    FaultyStore racing =
        new FaultyStore(target)
            .before(
                Operation.PUBLISH,
                path -> {
                  if (path.text().equals("d1/f1") && target.stat(path).isEmpty()) {
                    put(target, "d1/f1", bytes(99, 10));
                  }
                });

    List<Outcome> outcomes = copyFour(source, racing, Occupied.ADOPT);

    assertThat(failed(outcomes.get(1))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(outcomes).filteredOn(Outcome.Copied.class::isInstance).hasSize(3);
    assertThat(get(target, path("d1/f1"))).isEqualTo(bytes(99, 10));
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void a_temporary_that_somebody_swept_before_it_got_its_name_is_not_claimed() {
    FaultyStore swept =
        new FaultyStore(target)
            .before(
                Operation.PUBLISH,
                path -> {
                  if (path.text().equals("d1/f1")) {
                    everything(target, Staging.FOLDER).stream()
                        .filter(stat -> stat.path().text().endsWith("-1"))
                        .forEach(stat -> target.delete(stat.path()));
                  }
                });

    List<Outcome> outcomes = copyFour(source, swept, Occupied.ADOPT);

    assertThat(failed(outcomes.get(1))).isEqualTo(ErrorCode.STORE_NOT_FOUND);
    assertThat(outcomes).filteredOn(Outcome.Copied.class::isInstance).hasSize(3);
    assertHonest(target, outcomes);
  }

  @Test
  void a_fault_of_ours_fails_its_order_and_is_called_internal() {
    FaultyStore broken =
        new FaultyStore(target)
            .before(
                Operation.SET_MODIFIED,
                path -> {
                  if (path.text().endsWith("-3")) {
                    throw new IllegalStateException("bug");
                  }
                });

    List<Outcome> outcomes = copyFour(source, broken, Occupied.REFUSE);

    assertThat(failed(outcomes.get(3))).isEqualTo(ErrorCode.INTERNAL_ERROR);
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
    assertThat(outcomes).filteredOn(Outcome.Copied.class::isInstance).hasSize(3);
  }
}
