// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.Comparison.Content;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Gives the ready copies of a batch their final names and says what became of each. */
final class Publication {

  /** Failures that one object of a batch causes; the others can still be published. */
  private static final Set<ErrorCode> OF_ONE_NAME =
      EnumSet.of(
          ErrorCode.ALREADY_EXISTS,
          ErrorCode.NAME_REFUSED,
          ErrorCode.PATH_REFUSED,
          ErrorCode.STORE_ACCESS_DENIED,
          ErrorCode.STORE_NOT_FOUND);

  private final Setting setting;
  private final Store target;

  Publication(Setting setting) {
    this.setting = setting;
    this.target = setting.route().target();
  }

  /** One outcome for each, in this order. */
  List<Outcome> publish(List<Ready> ready) {
    if (ready.isEmpty()) {
      return List.of();
    }
    try {
      SourceStream.refuseWhenCancelled(setting.control(), ready.getFirst().order());
      target.publish(ready.stream().map(Ready::renaming).toList());
      return ready.stream().map(copy -> copy.copied(setting.route())).toList();
    } catch (StoreException e) {
      return ready.stream().map(copy -> afterFailure(copy, e)).toList();
    }
  }

  private Outcome afterFailure(Ready copy, StoreException failure) {
    try {
      if (OF_ONE_NAME.contains(failure.code())) {
        return alone(copy);
      }
      Discard.from(target, copy.place());
    } catch (StoreException left) {
      failure.addSuppressed(left);
    }
    return new Outcome.Failed(copy.order(), failure);
  }

  /** One name of the batch was refused; find out whether it was this one. */
  private Outcome alone(Ready copy) {
    try {
      target.publish(List.of(copy.renaming()));
      return copy.copied(setting.route());
    } catch (StoreException e) {
      if (e.code() == ErrorCode.STORE_NOT_FOUND && hasItsName(copy)) {
        return copy.copied(setting.route());
      }
      Discard.from(target, copy.place());
      return e.code() == ErrorCode.ALREADY_EXISTS
          ? new TakenName(setting).outcome(copy.order())
          : new Outcome.Failed(copy.order(), e);
    }
  }

  /**
   * What is no longer under its first name got its final one before the refusal, or is gone. Only
   * its bytes tell: a look may show what was, and another's file may have the name.
   */
  private boolean hasItsName(Ready copy) {
    try {
      Content held =
          new Comparison(setting)
              .read(
                  target,
                  copy.order().target(),
                  ReadOptions.WHOLE,
                  Set.of(DigestAlgorithm.XXH64),
                  copy.order());
      return held.size() == copy.source().size()
          && Objects.equals(
              held.digests().get(DigestAlgorithm.XXH64),
              copy.proof().digests().get(DigestAlgorithm.XXH64));
    } catch (StoreException e) {
      if (e.code() == ErrorCode.STORE_NOT_FOUND) {
        return false;
      }
      throw e;
    }
  }
}
