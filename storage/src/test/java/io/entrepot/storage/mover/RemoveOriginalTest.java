// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static io.entrepot.storage.StoreExam.codeOf;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.fault.FaultyStore;
import io.entrepot.storage.fault.Operation;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RemoveOriginalTest extends MoverExam {

  private final ObjectStat original = source.generate(path("a"), 1, 1000);

  @Test
  void an_original_with_proof_is_removed_and_removing_it_again_is_well() {
    VerifiedCopy copy = copied(copy(source, target, original));

    mover.removeOriginal(copy);
    assertThat(source.stat(path("a"))).isEmpty();
    mover.removeOriginal(copy);
  }

  @Test
  void an_original_that_changed_after_the_copy_is_kept() {
    VerifiedCopy copy = copied(copy(source, target, original));
    source.generate(path("a"), 2, 1000);

    assertThat(codeOf(() -> mover.removeOriginal(copy))).isEqualTo(ErrorCode.SOURCE_CHANGED);
    assertThat(source.stat(path("a"))).isPresent();
  }

  @Test
  void an_original_whose_copy_is_gone_is_kept() {
    VerifiedCopy copy = copied(copy(source, target, original));
    target.delete(path("a"));

    assertThat(codeOf(() -> mover.removeOriginal(copy))).isEqualTo(ErrorCode.COPY_LOST);
    assertThat(source.stat(path("a"))).isPresent();
  }

  @Test
  void a_copy_that_was_found_is_brought_to_the_medium_before_an_original_may_go() {
    target.generate(path("a"), 1, 1000);
    CopyOptions adopting = CopyOptions.STANDARD.withOccupied(Occupied.ADOPT);
    CopyOrder order = new CopyOrder(original, path("a"), adopting);
    List<Operation> seen = new ArrayList<>();
    FaultyStore watched =
        new FaultyStore(target)
            .before(Operation.FLUSH, _ -> seen.add(Operation.FLUSH))
            .before(Operation.READ, _ -> seen.add(Operation.READ));

    assertThat(copy(source, watched, order)).isInstanceOf(Outcome.AlreadyThere.class);
    assertThat(seen).containsExactly(Operation.FLUSH, Operation.READ);

    FaultyStore broken =
        new FaultyStore(target)
            .failWhen((verb, _) -> verb == Operation.FLUSH, ErrorCode.STORE_READ_ONLY);
    assertThat(failed(copy(source, broken, order))).isEqualTo(ErrorCode.STORE_READ_ONLY);
  }

  @Test
  void leftovers_of_older_batches_are_reclaimed_and_nothing_else() {
    Instant start = Instant.parse("2026-11-21T10:00:00Z");
    String old = "%012x".formatted(start.minus(Duration.ofHours(1)).toEpochMilli());
    String young = "%012x".formatted(start.plusMillis(5).toEpochMilli());
    target.generate(Staging.place(new Id(old + "000000000000"), 3), 1, 10);
    target.generate(Staging.place(new Id(young + "000000000000"), 3), 1, 10);
    target.generate(Staging.FOLDER.child(".entrepot-" + old + "000000000000.part"), 1, 10);
    target.generate(Staging.FOLDER.child(".entrepot-" + young + "000000000000.part"), 1, 10);
    target.generate(Staging.FOLDER.child("somebody-elses"), 1, 10);

    assertThat(Staging.reclaim(target, start)).isEqualTo(2);
    assertThat(everything(target, Staging.FOLDER)).hasSize(3);
    assertThat(Staging.reclaim(source, start)).isZero();
  }
}
