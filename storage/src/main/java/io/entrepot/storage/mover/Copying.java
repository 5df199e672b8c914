// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One order of a batch, from the first look to a compared copy or to its outcome. Never throws for
 * a fault of a store: that is the outcome of this order alone.
 */
final class Copying {

  private final Setting setting;
  private final CopyOrder order;
  private final ObjectPath place;
  private int restarts;
  private Attempt attempt;
  private @Nullable Ready ready;
  private @Nullable Outcome outcome;

  Copying(Setting setting, CopyOrder order, ObjectPath place) {
    this.setting = setting;
    this.order = order;
    this.place = place;
    this.restarts = order.options().restarts();
    this.attempt = new Attempt(setting, order, order.source(), place);
  }

  /** Whether there is something to copy still. */
  boolean open() {
    return ready == null && outcome == null;
  }

  ObjectPath target() {
    return order.target();
  }

  /** The version that is wanted now. */
  ObjectStat version() {
    return attempt.version();
  }

  /** What waits to be published, if the copy came so far. */
  @Nullable Ready ready() {
    return ready;
  }

  /** How it ended, if it did before publication. */
  @Nullable Outcome outcome() {
    return outcome;
  }

  void fail(StoreException cause) {
    outcome = new Outcome.Failed(order, cause);
  }

  /**
   * @param name what stands under the final name
   */
  void begin(Supplier<Optional<ObjectStat>> name) {
    guarded(
        () -> {
          SourceStream.refuseWhenCancelled(setting.control(), order);
          if (name.get().isPresent()) {
            outcome = new TakenName(setting).outcome(order);
          }
        });
  }

  void copy(Supplier<InputStream> opening) {
    guarded(() -> attempt.copy(opening));
  }

  /** Ends, or leaves the order open for a version that is new. */
  void settle(Supplier<Optional<ObjectStat>> source) {
    guarded(
        () -> {
          switch (attempt.settle(source)) {
            case Attempt.Result.Good(Ready good) -> ready = good;
            case Attempt.Result.Changed(ObjectStat after) -> {
              if (restarts == 0 || !after.isFile()) {
                outcome = new Outcome.SourceChanged(order, version(), after);
              }
              restarts--;
              attempt = new Attempt(setting, order, after, place);
            }
          }
        });
  }

  private void guarded(Runnable step) {
    try {
      step.run();
    } catch (StoreException e) {
      boolean lostRace = e.code() == ErrorCode.ALREADY_EXISTS && place.equals(order.target());
      outcome = lostRace ? new TakenName(setting).outcome(order) : new Outcome.Failed(order, e);
    } catch (RuntimeException e) {
      fail(
          new StoreException(
              ErrorCode.INTERNAL_ERROR,
              "the copy of " + order.source().path() + " failed: " + e,
              e));
    }
  }
}
