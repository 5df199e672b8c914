// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.LongSupplier;

/**
 * Tells a meter of every call: how long it took the store, how many bytes moved, and why it failed.
 * A stream and a listing are told of when they are closed. A cancelled call failed with {@code
 * CANCELLED}.
 */
public final class MeteredStore extends DelegatingStore {

  private final StoreMeter meter;
  private final LongSupplier nanos;

  /**
   * @param nanos a time that never steps back, such as {@code System::nanoTime}
   */
  public MeteredStore(Store inner, StoreMeter meter, LongSupplier nanos) {
    super(inner);
    this.meter = meter;
    this.nanos = nanos;
  }

  MeteredCall begin(Verb verb) {
    return new MeteredCall(verb, meter, nanos);
  }

  private <T> T told(Verb verb, MeteredCall.Work<T, RuntimeException> work) {
    MeteredCall call = begin(verb);
    try {
      return call.in(work);
    } finally {
      call.end();
    }
  }

  private void toldOf(Verb verb, Runnable work) {
    told(
        verb,
        () -> {
          work.run();
          return verb;
        });
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    return told(Verb.STAT, () -> super.stat(path));
  }

  @Override
  public List<Optional<ObjectStat>> statEach(List<ObjectPath> paths) {
    return told(Verb.STAT, () -> inner().statEach(paths));
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    MeteredCall call = begin(Verb.LIST);
    return opened(call, () -> new MeteredListing(super.list(folder), call));
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    MeteredCall call = begin(Verb.READ);
    return opened(call, () -> new MeteredInput(super.read(path, options), call));
  }

  @Override
  public Reading readEach(List<ObjectStat> files) {
    return opened(begin(Verb.READ), () -> new MeteredReading(this, inner().readEach(files)));
  }

  /** What goes on after this call returns; it has ended when it could not be opened. */
  static <T> T opened(MeteredCall call, MeteredCall.Work<T, RuntimeException> opening) {
    try {
      return call.in(opening);
    } catch (RuntimeException e) {
      call.end();
      throw e;
    }
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    MeteredCall call = begin(Verb.WRITE);
    try {
      return call.in(() -> super.write(path, new MeteredContent(content, call), options));
    } finally {
      call.end();
    }
  }

  @Override
  public void delete(ObjectPath path) {
    toldOf(Verb.DELETE, () -> super.delete(path));
  }

  @Override
  public void publish(List<Renaming> renamings) {
    toldOf(Verb.PUBLISH, () -> super.publish(renamings));
  }

  @Override
  public void flush(ObjectPath path) {
    toldOf(Verb.FLUSH, () -> super.flush(path));
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    toldOf(Verb.SET_MODIFIED, () -> super.setModified(path, modified));
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    return told(Verb.DIGEST, () -> super.digest(path, algorithm));
  }
}
