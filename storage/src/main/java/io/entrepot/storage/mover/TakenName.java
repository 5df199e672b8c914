// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.Comparison.Content;
import java.util.Optional;
import java.util.Set;

/** What becomes of an order whose final name is taken. */
final class TakenName {

  private final Setting setting;
  private final Store target;

  TakenName(Setting setting) {
    this.setting = setting;
    this.target = setting.route().target();
  }

  Outcome outcome(CopyOrder order) {
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
    ObjectStat held = target.stat(order.target()).orElseThrow(() -> inTheWay(order));
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
    if (!order.options().accepts(here.digests())) {
      throw Attempt.otherBytes(version);
    }
    // Whoever wrote it may not have, and the original may be removed for it.
    target.flush(order.target());
    Content there =
        reader.read(target, order.target(), ReadOptions.WHOLE_FROM_MEDIUM, wanted, order);
    if (!here.equals(there)) {
      return new Outcome.Failed(order, taken(order));
    }
    Proof proof = new Proof(ProofMethod.READ_BACK, here.digests(), setting.clock().instant());
    return new Outcome.AlreadyThere(
        order, VerifiedCopy.attest(setting.route(), version, order.target(), proof));
  }

  /** The name itself is free, but what stands above it is no folder. */
  private static StoreException inTheWay(CopyOrder order) {
    return new StoreException(
        ErrorCode.CONFLICT_STATE,
        "something stands where a folder on the way to %s is needed, so %s was not copied. Move it away."
            .formatted(order.target(), order.source().path()));
  }

  private static StoreException taken(CopyOrder order) {
    return new StoreException(
        ErrorCode.ALREADY_EXISTS,
        "%s is taken by something else, so %s was not copied. Choose another name or move it away."
            .formatted(order.target(), order.source().path()));
  }
}
