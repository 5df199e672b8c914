// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.Digester;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One reading of one version of a source, to a compared copy or to nothing: first {@link #copy},
 * then {@link #settle}. When either throws, what was written has been removed.
 */
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
  private @Nullable Proof proof;
  private @Nullable StoreException cutShort;

  Attempt(Setting setting, CopyOrder order, ObjectStat version, ObjectPath place) {
    this.setting = setting;
    this.order = order;
    this.version = version;
    this.place = place;
    this.digester = new Digester(order.options().digests());
  }

  ObjectStat version() {
    return version;
  }

  /** Copies the bytes and compares. Whether a source that came short had changed is told later. */
  void copy(Supplier<InputStream> opening) {
    try {
      SourceStream.refuseWhenCancelled(setting.control(), order);
      if (!write(opening)) {
        throw shortSource(version, count);
      }
      Map<DigestAlgorithm, Digest> digests = digester.finish();
      if (!order.options().accepts(digests)) {
        throw otherBytes(version);
      }
      keepModified();
      proof = new Comparison(setting).prove(order, place, options(), digests);
    } catch (StoreException e) {
      if (e.code() != ErrorCode.STORE_SHORT_SOURCE) {
        throw givenUp(e);
      }
      cutShort = e;
      giveUp();
    } catch (RuntimeException e) {
      throw givenUp(e);
    }
  }

  /** Leaves the copy under its place when the source still is the version that was read. */
  Result settle(Supplier<Optional<ObjectStat>> source) {
    try {
      ObjectStat now = source.get().orElseThrow(this::vanished);
      if (!now.isFile() || !now.sameVersion(version)) {
        giveUp();
        return new Result.Changed(now);
      }
      if (proof == null) {
        throw cutShort == null ? shortSource(version, count) : cutShort;
      }
      return new Result.Good(new Ready(order, version, place, proof));
    } catch (RuntimeException e) {
      throw givenUp(e);
    }
  }

  private boolean write(Supplier<InputStream> opening) {
    try (SourceStream content =
        new SourceStream(opening.get(), digester, order, setting.control())) {
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

  private StoreException vanished() {
    return new StoreException(
        ErrorCode.STORE_NOT_FOUND, version.path() + " vanished while it was copied.");
  }

  static StoreException otherBytes(ObjectStat version) {
    return new StoreException(
        ErrorCode.SOURCE_DIFFERS,
        version.path()
            + " holds other bytes than are on record, though its size and time are the same."
            + " Nothing of it was kept.");
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

  private RuntimeException givenUp(RuntimeException cause) {
    try {
      giveUp();
    } catch (StoreException left) {
      cause.addSuppressed(left);
    }
    return cause;
  }

  private void giveUp() {
    setting.control().progress().read(order, -count);
    count = 0;
    if (written || stages()) {
      Discard.from(setting.route().target(), place);
      written = false;
    }
  }
}
