// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.Comparison.Content;
import java.util.Optional;
import java.util.Set;

/** Brings one order to the point where its copy is compared and waits for its final name. */
final class Copying {

  private final Setting setting;
  private final Store target;
  private final boolean publishes;

  Copying(Setting setting, boolean publishes) {
    this.setting = setting;
    this.target = setting.route().target();
    this.publishes = publishes;
  }

  /** Never throws for a fault of a store: that is the outcome of this order alone. */
  Step copy(CopyOrder order, ObjectPath place) {
    try {
      SourceStream.refuseWhenCancelled(setting.control(), order);
      refuseUnsafeTarget();
      if (target.stat(order.target()).isPresent()) {
        return new Step.Ended(occupied(order));
      }
      return attempts(order, place);
    } catch (StoreException e) {
      boolean lostRace = e.code() == ErrorCode.ALREADY_EXISTS && !publishes;
      return new Step.Ended(lostRace ? occupied(order) : new Outcome.Failed(order, e));
    } catch (RuntimeException e) {
      return new Step.Ended(new Outcome.Failed(order, unforeseen(order, e)));
    }
  }

  private Step attempts(CopyOrder order, ObjectPath place) {
    ObjectStat version = order.source();
    for (int left = order.options().restarts(); ; left--) {
      switch (new Attempt(setting, order, version, place).run()) {
        case Attempt.Result.Good(Ready ready) -> {
          return new Step.Staged(ready);
        }
        case Attempt.Result.Changed(ObjectStat after) -> {
          if (left == 0 || !after.isFile()) {
            return new Step.Ended(new Outcome.SourceChanged(order, version, after));
          }
          version = after;
        }
      }
    }
  }

  /** What becomes of an order whose final name is taken. */
  Outcome occupied(CopyOrder order) {
    try {
      return switch (order.options().occupied()) {
        case REFUSE -> new Outcome.Failed(order, taken(order));
        case ADOPT -> adopt(order);
      };
    } catch (StoreException e) {
      return new Outcome.Failed(order, e);
    }
  }

  private Outcome adopt(CopyOrder order) {
    ObjectStat version = order.source();
    ObjectStat held = target.stat(order.target()).orElseThrow(() -> taken(order));
    if (!held.isFile() || held.size() != version.size()) {
      return new Outcome.Failed(order, taken(order));
    }
    Set<DigestAlgorithm> wanted = order.options().digests();
    Store source = setting.route().source();
    Comparison reader = new Comparison(setting);
    Content here = reader.read(source, version.path(), ReadOptions.WHOLE, wanted, order);
    Optional<ObjectStat> now = source.stat(version.path());
    if (now.isPresent() && !now.get().sameVersion(version)) {
      return new Outcome.SourceChanged(order, version, now.get());
    }
    if (here.size() != version.size()) {
      throw Attempt.shortSource(version, here.size());
    }
    Content there =
        reader.read(target, order.target(), ReadOptions.WHOLE_FROM_MEDIUM, wanted, order);
    if (!here.equals(there)) {
      return new Outcome.Failed(order, taken(order));
    }
    Proof proof = new Proof(ProofMethod.READ_BACK, here.digests(), setting.clock().instant());
    return new Outcome.AlreadyThere(
        order, VerifiedCopy.attest(setting.route(), version, order.target(), proof));
  }

  private void refuseUnsafeTarget() {
    if (!publishes && !target.capabilities().contains(Capability.CONDITIONAL_CREATE)) {
      throw new StoreException(
          ErrorCode.NOT_SUPPORTED,
          "the target store can neither publish nor create without replacing, so nothing is copied"
              + " to it. Choose another target.");
    }
  }

  private static StoreException taken(CopyOrder order) {
    return new StoreException(
        ErrorCode.ALREADY_EXISTS,
        "%s is taken by something else, so %s was not copied. Choose another name or move it away."
            .formatted(order.target(), order.source().path()));
  }

  private static StoreException unforeseen(CopyOrder order, RuntimeException cause) {
    return new StoreException(
        ErrorCode.INTERNAL_ERROR,
        "the copy of " + order.source().path() + " failed: " + cause,
        cause);
  }
}
