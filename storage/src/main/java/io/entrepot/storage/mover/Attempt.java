// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.Digester;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.util.Optional;

/** One reading of one version of a source, to a compared copy or to nothing. */
final class Attempt {

  sealed interface Result {
    record Good(Ready ready) implements Result {}

    record Changed(ObjectStat after) implements Result {}
  }

  private final Setting setting;
  private final CopyOrder order;
  private final ObjectStat version;
  private final ObjectPath place;
  private final Digester digester;
  private long count;
  private boolean written;

  Attempt(Setting setting, CopyOrder order, ObjectStat version, ObjectPath place) {
    this.setting = setting;
    this.order = order;
    this.version = version;
    this.place = place;
    this.digester = new Digester(order.options().digests());
  }

  /** Leaves the copy under its place when good; otherwise removes what it wrote. */
  Result run() {
    try {
      Optional<ObjectStat> changed = transfer();
      if (changed.isPresent()) {
        giveUp();
        return new Result.Changed(changed.get());
      }
      keepModified();
      Proof proof = new Comparison(setting).prove(order, place, options(), digester.finish());
      return new Result.Good(new Ready(order, version, place, proof));
    } catch (RuntimeException e) {
      try {
        giveUp();
      } catch (StoreException left) {
        e.addSuppressed(left);
      }
      throw e;
    }
  }

  /** Copies the bytes; answers what the source is now when that is no longer the version wanted. */
  private Optional<ObjectStat> transfer() {
    try {
      boolean whole = write();
      Optional<ObjectStat> changed = changed();
      if (changed.isEmpty() && !whole) {
        throw shortSource(version, count);
      }
      return changed;
    } catch (StoreException e) {
      if (e.code() == ErrorCode.STORE_SHORT_SOURCE) {
        Optional<ObjectStat> changed = changed();
        if (changed.isPresent()) {
          return changed;
        }
      }
      throw e;
    }
  }

  private boolean write() {
    Store source = setting.route().source();
    try (SourceStream content =
        new SourceStream(
            source.read(version.path(), ReadOptions.WHOLE), digester, order, setting.control())) {
      try {
        setting.route().target().write(place, content, options());
        written = true;
        return content.atEnd() && content.count() == version.size();
      } finally {
        count = content.count();
      }
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED,
          version.path() + " could not be read: " + e.getMessage() + ". Try again.",
          e);
    }
  }

  private WriteOptions options() {
    if (!stages()) {
      return WriteOptions.create(version.size());
    }
    boolean flushed =
        order.options().method() == ProofMethod.READ_BACK_PAST_CACHE
            && version.size() >= Pending.ALONE_FROM;
    return flushed ? WriteOptions.replace(version.size()) : WriteOptions.staged(version.size());
  }

  private boolean stages() {
    return !place.equals(order.target());
  }

  private Optional<ObjectStat> changed() {
    ObjectStat now =
        setting
            .route()
            .source()
            .stat(version.path())
            .orElseThrow(
                () ->
                    new StoreException(
                        ErrorCode.STORE_NOT_FOUND,
                        version.path() + " vanished while it was copied."));
    return now.isFile() && now.sameVersion(version) ? Optional.empty() : Optional.of(now);
  }

  static StoreException shortSource(ObjectStat version, long count) {
    return new StoreException(
        ErrorCode.STORE_SHORT_SOURCE,
        "%s gave %d bytes where its store says %d. Nothing was kept; try again."
            .formatted(version.path(), count, version.size()));
  }

  private void keepModified() {
    Store target = setting.route().target();
    if (order.options().keepModified() && target.capabilities().contains(Capability.SET_MODIFIED)) {
      target.setModified(place, version.modified());
    }
  }

  private void giveUp() {
    setting.control().progress().read(order, -count);
    if (written || stages()) {
      Discard.from(setting.route().target(), place);
    }
  }
}
