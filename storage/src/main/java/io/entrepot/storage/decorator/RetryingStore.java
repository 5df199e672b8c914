// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.RetryAdvice;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Tries again where the error's advice says it may help, with waits that grow. The last failure is
 * thrown as it was.
 *
 * <p>Only verbs that may be called twice are: looking, listing (its start), reading, deleting,
 * setting a time, digests. A write is not, its source is read once; nor is a publication, its
 * caller knows what to call again with. A stream that fails half way goes on where it stopped when
 * the object is still the same version; otherwise its failure comes through. An INTEGRITY error is
 * never repeated.
 */
public final class RetryingStore extends DelegatingStore {

  private final RetrySettings settings;
  private final Pause pause;

  public RetryingStore(Store inner, RetrySettings settings, Pause pause) {
    super(inner);
    this.settings = settings;
    this.pause = pause;
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    return again(() -> super.stat(path));
  }

  @Override
  public List<Optional<ObjectStat>> statEach(List<ObjectPath> paths) {
    return again(() -> inner().statEach(paths));
  }

  @Override
  public Reading readEach(List<ObjectStat> files) {
    return new RetryingReading(this, files);
  }

  Reading turn(List<ObjectStat> files) {
    return again(() -> inner().readEach(files));
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    return again(() -> super.list(folder));
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    // Looked at first: a resumed stream must not join two versions.
    Optional<ObjectStat> version = stat(path);
    if (version.isEmpty()) {
      return again(() -> super.read(path, options));
    }
    return new ResumingInput(this, version.get(), options, again(() -> super.read(path, options)));
  }

  /** The stream anew, or the failure when the object is no longer the same. */
  InputStream reopen(ObjectStat version, ReadOptions rest, StoreException failure) {
    Optional<ObjectStat> now = stat(version.path());
    if (now.isEmpty() || !now.get().sameVersion(version)) {
      throw failure;
    }
    return again(() -> super.read(version.path(), rest));
  }

  @Override
  public void delete(ObjectPath path) {
    again(
        () -> {
          super.delete(path);
          return path;
        });
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    again(
        () -> {
          super.setModified(path, modified);
          return path;
        });
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    return again(() -> super.digest(path, algorithm));
  }

  private <T> T again(Supplier<T> verb) {
    for (int failed = 1; ; failed++) {
      try {
        return verb.get();
      } catch (StoreException e) {
        waitBeforeAnother(failed, e);
      }
    }
  }

  /** Waits, or throws the failure when nothing is to be gained. */
  void waitBeforeAnother(int failed, StoreException failure) {
    ErrorCode code = failure.code();
    if (code.retry() != RetryAdvice.SOON
        || code.category() == ErrorCategory.INTEGRITY
        || failed >= settings.attempts()) {
      throw failure;
    }
    pause.waitFor(settings.waitAfter(failed));
  }
}
