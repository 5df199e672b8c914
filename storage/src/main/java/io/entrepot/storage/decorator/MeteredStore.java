// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Tells a {@link Meter} of every call and of the bytes as they pass. */
public final class MeteredStore extends DelegatingStore {

  private final Meter meter;

  public MeteredStore(Store inner, Meter meter) {
    super(inner);
    this.meter = meter;
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    meter.called(Meter.Verb.STAT);
    return super.stat(path);
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    meter.called(Meter.Verb.LIST);
    return super.list(folder);
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    meter.called(Meter.Verb.READ);
    return new WatchedInput(super.read(path, options), Integer.MAX_VALUE, meter::read);
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    meter.called(Meter.Verb.WRITE);
    InputStream watched = new WatchedInput(content, Integer.MAX_VALUE, meter::written);
    return super.write(path, watched, options);
  }

  @Override
  public void delete(ObjectPath path) {
    meter.called(Meter.Verb.DELETE);
    super.delete(path);
  }

  @Override
  public void publish(List<Renaming> renamings) {
    meter.called(Meter.Verb.PUBLISH);
    super.publish(renamings);
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    meter.called(Meter.Verb.SET_MODIFIED);
    super.setModified(path, modified);
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    meter.called(Meter.Verb.DIGEST);
    return super.digest(path, algorithm);
  }
}
