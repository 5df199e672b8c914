// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.fault.FaultyStore;
import io.entrepot.storage.memory.MemoryStore;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class MoverTest extends MoverExam {

  @Test
  void a_copy_holds_the_same_bytes_and_time_and_its_proof_says_how_that_is_known() {
    ObjectStat original = source.generate(path("runs/1/scan.raw"), 7, 3_000_000);
    now = now.plusSeconds(60);

    VerifiedCopy copy = copied(copy(source, target, CopyOrder.of(original, path("in/scan.raw"))));

    assertThat(copy.source()).isEqualTo(original);
    assertThat(copy.target()).isEqualTo(path("in/scan.raw"));
    assertThat(copy.size()).isEqualTo(3_000_000);
    assertThat(copy.proof().at()).isEqualTo(now);
    assertThat(copy.proof().digests())
        .containsOnlyKeys(DigestAlgorithm.XXH64, DigestAlgorithm.SHA256);
    assertThat(get(target, copy.target())).isEqualTo(get(source, original.path()));
    assertThat(target.stat(copy.target()).orElseThrow().modified()).isEqualTo(original.modified());
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void an_empty_file_and_a_name_of_255_bytes_are_copied() {
    ObjectStat empty = put(source, "x".repeat(255), new byte[0]);

    VerifiedCopy copy = copied(copy(source, target, empty));

    assertThat(copy.xxh64()).isEqualTo(new Digest(DigestAlgorithm.XXH64, "ef46db3751d8e999"));
    assertThat(target.stat(path("x".repeat(255))).orElseThrow().size()).isZero();
  }

  @Test
  void the_digests_asked_for_are_of_the_bytes_read() {
    ObjectStat abc = put(source, "abc", new byte[] {'a', 'b', 'c'});
    CopyOptions options = CopyOptions.STANDARD.withDigests(EnumSet.allOf(DigestAlgorithm.class));

    Proof proof = copied(copy(source, target, new CopyOrder(abc, path("abc"), options))).proof();

    assertThat(proof.digests().values())
        .containsExactlyInAnyOrder(
            new Digest(DigestAlgorithm.XXH64, "44bc2cf5ad770999"),
            new Digest(DigestAlgorithm.MD5, "900150983cd24fb0d6963f7d28e17f72"),
            new Digest(
                DigestAlgorithm.SHA256,
                "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
  }

  @Test
  void a_taken_name_is_not_replaced() {
    ObjectStat original = source.generate(path("a"), 7, 10);
    ObjectStat taken = target.generate(path("a"), 7, 10);

    assertThat(failed(copy(source, target, original))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(target.stat(path("a"))).contains(taken);
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void a_copy_that_is_there_already_is_adopted_after_reading_both_sides() {
    ObjectStat original = source.generate(path("a"), 7, 10);
    ObjectStat held = target.generate(path("a"), 7, 10);
    CopyOptions options = CopyOptions.STANDARD.withOccupied(Occupied.ADOPT);

    Outcome outcome = copy(source, target, new CopyOrder(original, path("a"), options));

    assertThat(outcome).isInstanceOf(Outcome.AlreadyThere.class);
    VerifiedCopy copy = ((Outcome.AlreadyThere) outcome).copy();
    assertThat(copy.source()).isEqualTo(original);
    assertThat(copy.proof().digests()).hasSize(2);
    assertThat(target.stat(path("a"))).contains(held);
  }

  @Test
  void other_content_under_the_name_is_not_adopted() {
    ObjectStat original = source.generate(path("a"), 7, 10);
    CopyOrder order =
        new CopyOrder(original, path("a"), CopyOptions.STANDARD.withOccupied(Occupied.ADOPT));
    target.generate(path("a"), 8, 10);
    assertThat(failed(copy(source, target, order))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    target.generate(path("a"), 7, 9);
    assertThat(failed(copy(source, target, order))).isEqualTo(ErrorCode.ALREADY_EXISTS);
  }

  @Test
  void one_failure_of_many_stays_with_its_order() {
    List<CopyOrder> orders = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      orders.add(CopyOrder.of(source.generate(path("f" + i), i, 100 + i), path("to/" + i)));
    }
    FaultyStore faulty =
        new FaultyStore(source)
            .failWhen((_, path) -> path.text().equals("f4"), ErrorCode.STORE_ACCESS_DENIED);

    List<Outcome> outcomes = mover.copy(new Route(faulty, target), orders, CopyControl.NONE);

    assertThat(outcomes).extracting(Outcome::order).isEqualTo(orders);
    assertThat(failed(outcomes.get(4))).isEqualTo(ErrorCode.STORE_ACCESS_DENIED);
    assertThat(outcomes).filteredOn(Outcome.Copied.class::isInstance).hasSize(8);
    assertThat(everything(target, path("to"))).hasSize(8);
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void of_two_orders_for_one_name_the_first_gets_it() {
    ObjectStat one = source.generate(path("one"), 1, 10);
    ObjectStat two = source.generate(path("two"), 2, 10);
    List<CopyOrder> orders =
        List.of(CopyOrder.of(one, path("same")), CopyOrder.of(two, path("same")));

    List<Outcome> outcomes = mover.copy(new Route(source, target), orders, CopyControl.NONE);

    copied(outcomes.get(0));
    assertThat(failed(outcomes.get(1))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(get(target, path("same"))).isEqualTo(get(source, path("one")));
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void a_store_that_cannot_publish_is_written_under_the_final_name() {
    MemoryStore objects = new MemoryStore(clock, EnumSet.of(Capability.CONDITIONAL_CREATE));
    ObjectStat original = source.generate(path("a"), 7, 10);

    copied(copy(source, objects, original));

    assertThat(get(objects, path("a"))).isEqualTo(get(source, path("a")));
  }

  @Test
  void a_store_that_might_replace_is_refused() {
    MemoryStore weak = new MemoryStore(clock, Set.of());
    ObjectStat original = source.generate(path("a"), 7, 10);

    assertThat(failed(copy(source, weak, original))).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertHoldsNothing(weak);
  }

  @Test
  void a_server_digest_is_used_when_the_order_allows_it_and_the_proof_says_so() {
    ObjectStat original = source.generate(path("a"), 7, 10);
    CopyOptions options = CopyOptions.STANDARD.withMethod(ProofMethod.SERVER_DIGEST);
    CopyOrder order = new CopyOrder(original, path("a"), options);
    MemoryStore without =
        new MemoryStore(clock, EnumSet.complementOf(EnumSet.of(Capability.SERVER_DIGEST)));

    assertThat(copied(copy(source, target, order)).proof().method())
        .isEqualTo(ProofMethod.SERVER_DIGEST);
    assertThat(copied(copy(source, without, order)).proof().method())
        .isEqualTo(ProofMethod.READ_BACK);
  }

  @Test
  void progress_counts_every_byte_once() {
    ObjectStat original = source.generate(path("a"), 7, 3_000_001);
    long[] seen = {0};

    mover.copy(
        new Route(source, target),
        List.of(CopyOrder.of(original, path("a"))),
        new CopyControl(() -> false, (_, bytes) -> seen[0] += bytes));

    assertThat(seen[0]).isEqualTo(3_000_001);
  }

  @Test
  void an_order_for_the_staging_folder_or_the_base_is_refused() {
    ObjectStat original = source.generate(path("a"), 7, 10);
    assertThatThrownBy(() -> CopyOrder.of(original, Staging.FOLDER.child("x")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CopyOrder.of(original, path("")))
        .isInstanceOf(IllegalArgumentException.class);
    assertThat(Staging.holds(path(".entrepot-staging-other"))).isFalse();
  }

  @Test
  void bytes_other_than_the_expected_ones_are_not_kept() {
    ObjectStat original = source.generate(path("a"), 1, 10_000);
    Digest other = new Digest(DigestAlgorithm.XXH64, "0123456789abcdef");
    CopyOptions options = CopyOptions.STANDARD.withExpected(other);

    Outcome outcome = copy(source, target, new CopyOrder(original, path("b"), options));

    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    assertThat(((Outcome.Failed) outcome).cause().code()).isEqualTo(ErrorCode.SOURCE_DIFFERS);
    assertThat(everything(target, ObjectPath.BASE)).noneMatch(ObjectStat::isFile);
  }

  @Test
  void the_expected_bytes_are_kept() {
    ObjectStat original = source.generate(path("a"), 1, 10_000);
    Digest right = copied(copy(source, target, original)).xxh64();
    CopyOptions options = CopyOptions.STANDARD.withExpected(right);

    copied(copy(source, target, new CopyOrder(original, path("b"), options)));

    assertThat(target.stat(path("b"))).isPresent();
  }
}
