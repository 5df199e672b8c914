// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.fault.FaultyStore;
import io.entrepot.storage.fault.Operation;
import io.entrepot.storage.memory.MemoryStore;
import java.util.EnumSet;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

class ChangingSourceTest extends MoverExam {

  private final ObjectStat original = put(source, "a", bytes(1, 2_000_000));

  /** Lets something happen once, when the first bytes are about to be read. */
  private FaultyStore whileReading(Runnable event) {
    boolean[] happened = {false};
    Consumer<ObjectPath> once =
        _ -> {
          if (!happened[0]) {
            happened[0] = true;
            event.run();
          }
        };
    return new FaultyStore(source).before(Operation.READ_BYTES, once);
  }

  private void isThrownAway(Runnable event) {
    for (MemoryStore to : List.of(target, objects())) {
      Outcome outcome = copy(whileReading(event), to, source.stat(path("a")).orElseThrow());
      assertThat(outcome).isInstanceOf(Outcome.SourceChanged.class);
      Outcome.SourceChanged changed = (Outcome.SourceChanged) outcome;
      assertThat(changed.after()).isEqualTo(source.stat(path("a")).orElseThrow());
      assertThat(changed.after()).isNotEqualTo(changed.before());
      assertHoldsNothing(to);
    }
  }

  private MemoryStore objects() {
    return new MemoryStore(clock, EnumSet.of(Capability.CONDITIONAL_CREATE));
  }

  @Test
  void a_file_that_grows_while_it_is_read_is_left_for_later() {
    int[] length = {2_000_000};
    isThrownAway(() -> put(source, "a", bytes(1, ++length[0])));
  }

  @Test
  void a_file_that_shrinks_while_it_is_read_is_left_for_later() {
    int[] length = {2_000_000};
    isThrownAway(() -> put(source, "a", bytes(1, --length[0])));
  }

  @Test
  void a_file_cut_short_under_the_reader_is_left_for_later() {
    FaultyStore cut = whileReading(() -> put(source, "a", bytes(1, 1_000_000)));
    cut.endEarly(path -> path.text().equals("a"), 1_000_000);

    assertThat(copy(cut, target, original)).isInstanceOf(Outcome.SourceChanged.class);
    assertHoldsNothing(target);
  }

  @Test
  void a_file_rewritten_with_its_old_size_and_time_is_left_for_later() {
    long[] seed = {2};
    isThrownAway(
        () -> {
          put(source, "a", bytes(seed[0]++, 2_000_000));
          source.setModified(path("a"), original.modified());
        });
  }

  @Test
  void a_file_that_vanishes_while_it_is_read_is_not_found() {
    FaultyStore vanishing = whileReading(() -> source.delete(path("a")));

    assertThat(failed(copy(vanishing, target, original))).isEqualTo(ErrorCode.STORE_NOT_FOUND);
    assertHoldsNothing(target);
  }

  @Test
  void a_version_that_was_gone_before_reading_is_not_copied() {
    put(source, "a", bytes(9, 2_000_000));

    assertThat(copy(source, target, original)).isInstanceOf(Outcome.SourceChanged.class);
    assertHoldsNothing(target);
  }

  @Test
  void a_restart_copies_the_new_version() {
    FaultyStore growing = whileReading(() -> put(source, "a", bytes(3, 2_000_005)));
    CopyOptions options = CopyOptions.STANDARD.withRestarts(1);

    long[] seen = {0};
    Outcome outcome =
        mover
            .copy(
                new Route(growing, target),
                List.of(new CopyOrder(original, path("b"), options)),
                new CopyControl(() -> false, (_, bytes) -> seen[0] += bytes))
            .getFirst();

    assertThat(copied(outcome).source()).isEqualTo(source.stat(path("a")).orElseThrow());
    assertThat(get(target, path("b"))).isEqualTo(bytes(3, 2_000_005));
    assertThat(seen[0]).isEqualTo(2_000_005);
  }

  @Test
  void a_source_that_keeps_changing_is_given_up_after_the_restarts() {
    int[] length = {100};
    FaultyStore busy =
        new FaultyStore(source)
            .before(Operation.READ, _ -> put(source, "a", bytes(1, length[0]++)));
    CopyOptions options = CopyOptions.STANDARD.withRestarts(3);

    Outcome outcome = copy(busy, target, new CopyOrder(original, path("b"), options));

    assertThat(outcome).isInstanceOf(Outcome.SourceChanged.class);
    assertThat(length[0]).isEqualTo(104);
    assertHoldsNothing(target);
  }

  @Test
  void a_source_that_ends_early_is_short_wherever_it_ends() {
    for (int end : new int[] {0, 1, 999_999, 1_048_576, 1_999_999}) {
      for (MemoryStore to : List.of(target, objects())) {
        FaultyStore shortened = new FaultyStore(source).endEarly(_ -> true, end);
        assertThat(failed(copy(shortened, to, original))).isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
        assertHoldsNothing(to);
      }
    }
  }

  @Test
  void a_source_that_ends_early_is_never_adopted() {
    put(target, "a", bytes(1, 2_000_000));
    FaultyStore shortened = new FaultyStore(source).endEarly(_ -> true, 1_500_000);
    CopyOptions options = CopyOptions.STANDARD.withOccupied(Occupied.ADOPT);

    Outcome outcome = copy(shortened, target, new CopyOrder(original, path("a"), options));

    assertThat(failed(outcome)).isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
  }

  @Test
  void a_source_that_breaks_off_fails_as_it_said() {
    FaultyStore broken = new FaultyStore(source).breakOff(_ -> true, 1_200_000);

    assertThat(failed(copy(broken, target, original))).isEqualTo(ErrorCode.STORE_READ_FAILED);
    assertHoldsNothing(target);
  }
}
