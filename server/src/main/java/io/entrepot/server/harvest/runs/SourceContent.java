// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.storage.Digester;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.Set;

/** Reads an original once more, to tell a change of content from a change of anything else. */
final class SourceContent {

  private static final int BUFFER = 1 << 20;

  private final Store store;
  private final JobContext job;

  SourceContent(Store store, JobContext job) {
    this.store = store;
    this.job = job;
  }

  Digest xxh64(ObjectPath path) {
    Digester digester = new Digester(Set.of(DigestAlgorithm.XXH64));
    byte[] buffer = new byte[BUFFER];
    try (InputStream in = store.read(path, ReadOptions.WHOLE)) {
      for (int got = in.read(buffer); got >= 0; got = in.read(buffer)) {
        job.checkCancelled();
        digester.update(buffer, 0, got);
      }
    } catch (IOException e) {
      throw new StoreException(ErrorCode.STORE_READ_FAILED, path + " could not be read", e);
    }
    return Objects.requireNonNull(digester.finish().get(DigestAlgorithm.XXH64));
  }
}
