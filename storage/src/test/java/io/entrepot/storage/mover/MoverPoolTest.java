// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static io.entrepot.storage.StoreExam.codeOf;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.fault.FaultyStore;
import io.entrepot.storage.fault.Operation;
import io.entrepot.storage.memory.MemoryStore;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class MoverPoolTest extends MoverExam {

  private final MoverPool pool = new MoverPool(mover, 4);

  private Iterator<CopyOrder> orders(int count, long size) {
    return IntStream.range(0, count)
        .mapToObj(i -> source.generate(path("d" + i % 7 + "/f" + i), i, size))
        .map(stat -> CopyOrder.of(stat, stat.path()))
        .iterator();
  }

  private List<Outcome> run(Store from, Iterator<CopyOrder> orders, CopyControl control) {
    List<Outcome> all = new ArrayList<>();
    pool.run(new Route(from, target), orders, control, all::addAll);
    return all;
  }

  @Test
  void every_order_has_one_outcome_and_every_copy_its_bytes() {
    List<Outcome> outcomes = run(source, orders(3_000, 40), CopyControl.NONE);

    Set<ObjectPath> seen = new HashSet<>();
    outcomes.forEach(outcome -> assertThat(seen.add(copied(outcome).target())).isTrue());
    assertThat(seen).hasSize(3_000);
    seen.forEach(path -> assertThat(get(target, path)).isEqualTo(get(source, path)));
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void large_and_small_files_go_together() {
    Stream<CopyOrder> mixed =
        IntStream.range(0, 60)
            .mapToObj(i -> source.generate(path("f" + i), i, i % 20 == 0 ? 17L << 20 : 3L << 20))
            .map(stat -> CopyOrder.of(stat, stat.path()));

    List<Outcome> outcomes = new ArrayList<>();
    pool.run(
        new Route(source, new MemoryStore(clock)),
        mixed.limit(25).iterator(),
        CopyControl.NONE,
        outcomes::addAll);

    assertThat(outcomes).hasSize(25).allMatch(Outcome.Copied.class::isInstance);
  }

  @Test
  void no_orders_are_no_outcomes() {
    assertThat(run(source, List.<CopyOrder>of().iterator(), CopyControl.NONE)).isEmpty();
  }

  @Test
  void outcomes_come_on_the_calling_thread_while_orders_are_still_being_found() {
    CountDownLatch firstOutcome = new CountDownLatch(1);
    Iterator<CopyOrder> first = orders(3, 10);
    Iterator<CopyOrder> waiting =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return first.hasNext();
          }

          @Override
          public CopyOrder next() {
            CopyOrder order = first.next();
            if (!first.hasNext()) {
              awaitQuietly(firstOutcome);
            }
            return order;
          }
        };
    Thread caller = Thread.currentThread();
    AtomicInteger count = new AtomicInteger();

    pool.run(
        new Route(source, target),
        waiting,
        CopyControl.NONE,
        outcomes -> {
          assertThat(Thread.currentThread()).isSameAs(caller);
          count.addAndGet(outcomes.size());
          firstOutcome.countDown();
        });

    assertThat(count).hasValue(3);
  }

  @Test
  void orders_are_pulled_only_as_workers_become_free() {
    AtomicInteger pulled = new AtomicInteger();
    Iterator<CopyOrder> endless =
        Stream.generate(pulled::getAndIncrement)
            .map(i -> source.generate(path("f" + i), i, 1))
            .map(stat -> CopyOrder.of(stat, stat.path()))
            .iterator();
    AtomicBoolean cancelled = new AtomicBoolean();
    AtomicInteger most = new AtomicInteger();
    AtomicInteger handed = new AtomicInteger();

    pool.run(
        new Route(source, target),
        endless,
        new CopyControl(cancelled::get, (_, _) -> {}),
        outcomes -> {
          most.accumulateAndGet(pulled.get() - handed.addAndGet(outcomes.size()), Math::max);
          cancelled.set(handed.get() > 30_000);
        });

    assertThat(handed).hasValue(pulled.get());
    assertThat(most.get()).isLessThan(40 * Pending.MOST_FILES);
  }

  @Test
  void cancelling_is_prompt_and_leaves_no_temporaries() {
    AtomicBoolean cancelled = new AtomicBoolean();
    Iterator<CopyOrder> huge = orders(8, 1L << 40);

    List<Outcome> outcomes =
        assertTimeout(
            Duration.ofSeconds(2),
            () ->
                run(
                    source,
                    huge,
                    new CopyControl(
                        cancelled::get, (_, bytes) -> cancelled.compareAndSet(false, true))));

    assertThat(outcomes).hasSizeBetween(1, 8);
    assertThat(outcomes).extracting(MoverExam::failed).containsOnly(ErrorCode.CANCELLED);
    assertHoldsNothing(target);
  }

  @Test
  void a_store_that_hangs_is_interrupted_when_cancelled() {
    AtomicBoolean cancelled = new AtomicBoolean();
    CountDownLatch never = new CountDownLatch(1);
    FaultyStore hanging =
        new FaultyStore(source)
            .before(
                Operation.READ_BYTES,
                _ -> {
                  cancelled.set(true);
                  awaitQuietly(never);
                });

    List<Outcome> outcomes =
        run(hanging, orders(2, 10), new CopyControl(cancelled::get, (_, _) -> {}));

    assertThat(outcomes).allMatch(Outcome.Failed.class::isInstance);
    assertHoldsNothing(target);
  }

  @Test
  void when_the_orders_throw_those_before_are_finished_first() {
    Iterator<CopyOrder> first = orders(100, 10);
    Iterator<CopyOrder> breaking =
        Stream.concat(
                Stream.iterate(0, i -> i < 100, i -> i + 1).map(_ -> first.next()),
                Stream.of(1)
                    .map(
                        _ -> {
                          throw new IllegalStateException("listing broke");
                        }))
            .iterator();
    List<Outcome> outcomes = new ArrayList<>();

    assertThatThrownBy(
            () -> pool.run(new Route(source, target), breaking, CopyControl.NONE, outcomes::addAll))
        .hasMessage("listing broke");

    assertThat(outcomes).hasSizeGreaterThan(98).allMatch(Outcome.Copied.class::isInstance);
  }

  @Test
  void when_the_consumer_throws_work_stops_and_nothing_half_done_is_left() {
    assertThatThrownBy(
            () ->
                pool.run(
                    new Route(source, target),
                    orders(5_000, 10),
                    CopyControl.NONE,
                    _ -> {
                      throw new IllegalStateException("no database");
                    }))
        .hasMessage("no database");

    assertThat(everything(target, Staging.FOLDER)).isEmpty();
    assertThat(everything(target, ObjectPath.BASE)).hasSizeLessThan(5_000);
  }

  @Test
  void when_a_worker_breaks_what_others_published_is_handed_over_first() {
    CountDownLatch bothPublish = new CountDownLatch(2);
    CompletableFuture<Thread> broken = new CompletableFuture<>();
    FaultyStore breaking =
        new FaultyStore(target)
            .before(
                Operation.PUBLISH,
                _ -> {
                  bothPublish.countDown();
                  awaitQuietly(bothPublish);
                  if (broken.complete(Thread.currentThread())) {
                    throw new IllegalStateException("a broken store");
                  }
                  joinQuietly(broken.join());
                });
    List<Outcome> outcomes = new ArrayList<>();

    assertThatThrownBy(
            () ->
                pool.run(
                    new Route(source, breaking),
                    orders(2, 17L << 20),
                    CopyControl.NONE,
                    outcomes::addAll))
        .hasMessage("a broken store");

    assertThat(outcomes).singleElement().isInstanceOf(Outcome.Copied.class);
    assertThat(target.stat(copied(outcomes.getFirst()).target())).isPresent();
  }

  @Test
  void an_interrupted_caller_is_cancelled_and_stays_interrupted() {
    CountDownLatch never = new CountDownLatch(1);
    FaultyStore hanging =
        new FaultyStore(source).before(Operation.READ_BYTES, _ -> awaitQuietly(never));
    Iterator<CopyOrder> orders = orders(2, 10);
    Thread.currentThread().interrupt();
    try {
      assertThat(codeOf(() -> run(hanging, orders, CopyControl.NONE)))
          .isEqualTo(ErrorCode.CANCELLED);
    } finally {
      assertThat(Thread.interrupted()).isTrue();
    }
    assertHoldsNothing(target);
  }

  @Test
  void a_folder_of_many_files_streams_through() {
    source.generateFolder(path("many"), 300_000, 5, 12);
    FaultyStore forgetful = new FaultyStore(target);
    long[] copied = {0};
    Iterator<ObjectStat> found = source.list(path("many"));
    Iterator<CopyOrder> orders =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return found.hasNext();
          }

          @Override
          public CopyOrder next() {
            ObjectStat stat = found.next();
            return CopyOrder.of(stat, stat.path());
          }
        };

    pool.run(
        new Route(source, forgetful),
        orders,
        CopyControl.NONE,
        outcomes -> {
          copied[0] += outcomes.size();
          outcomes.forEach(outcome -> target.delete(copied(outcome).target()));
        });

    assertThat(copied[0]).isEqualTo(300_000);
  }

  private static void joinQuietly(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void awaitQuietly(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new StoreException(ErrorCode.CANCELLED, "interrupted");
    }
  }
}
