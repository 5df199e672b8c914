// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.fault;

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
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Passes every verb on, and says so first. */
abstract class WatchedStore implements Store {

  private final Store inner;

  WatchedStore(Store inner) {
    this.inner = inner;
  }

  /** Called before each operation; what it throws is what the caller gets. */
  abstract void before(Operation operation, ObjectPath path);

  @Override
  public Set<Capability> capabilities() {
    return inner.capabilities();
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    before(Operation.STAT, path);
    return inner.stat(path);
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    before(Operation.LIST, folder);
    FolderListing listing = inner.list(folder);
    return new FolderListing() {
      @Override
      public boolean hasNext() {
        before(Operation.LIST_NEXT, folder);
        return listing.hasNext();
      }

      @Override
      public ObjectStat next() {
        ObjectStat child = listing.next();
        before(Operation.LIST_CHILD, child.path());
        return child;
      }

      @Override
      public void close() {
        listing.close();
      }
    };
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    before(Operation.READ, path);
    return watched(inner.read(path, options), Operation.READ_BYTES, path);
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    before(Operation.WRITE, path);
    return inner.write(path, watched(content, Operation.WRITE_BYTES, path), options);
  }

  @Override
  public void delete(ObjectPath path) {
    before(Operation.DELETE, path);
    inner.delete(path);
  }

  @Override
  public void publish(List<Renaming> renamings) {
    for (Renaming renaming : renamings) {
      before(Operation.PUBLISH, renaming.to());
      inner.publish(List.of(renaming));
    }
  }

  @Override
  public void flush(ObjectPath path) {
    before(Operation.FLUSH, path);
    inner.flush(path);
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    before(Operation.SET_MODIFIED, path);
    inner.setModified(path, modified);
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    before(Operation.DIGEST, path);
    return inner.digest(path, algorithm);
  }

  @Override
  public void close() {
    inner.close();
  }

  private InputStream watched(InputStream stream, Operation operation, ObjectPath path) {
    return new FilterInputStream(stream) {
      @Override
      public int read() throws IOException {
        before(operation, path);
        return super.read();
      }

      @Override
      public int read(byte[] buffer, int offset, int length) throws IOException {
        before(operation, path);
        return super.read(buffer, offset, length);
      }
    };
  }
}
