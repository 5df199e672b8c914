// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.storage.Capability;
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
import java.util.Set;

/**
 * Passes every verb on. The ones on many objects go through those on one, which is what a decorator
 * overrides; one that changes nothing about looking and reading hands them to {@link #inner} whole.
 */
abstract class DelegatingStore implements Store {

  private final Store inner;

  DelegatingStore(Store inner) {
    this.inner = inner;
  }

  final Store inner() {
    return inner;
  }

  @Override
  public Set<Capability> capabilities() {
    return inner.capabilities();
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    return inner.stat(path);
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    return inner.list(folder);
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    return inner.read(path, options);
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    return inner.write(path, content, options);
  }

  @Override
  public void delete(ObjectPath path) {
    inner.delete(path);
  }

  @Override
  public void publish(List<Renaming> renamings) {
    inner.publish(renamings);
  }

  @Override
  public void flush(ObjectPath path) {
    inner.flush(path);
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    inner.setModified(path, modified);
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    return inner.digest(path, algorithm);
  }

  @Override
  public void close() {
    inner.close();
  }
}
