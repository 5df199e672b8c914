// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/** Fails each call until a number of failures is used up, and cuts streams after some bytes. */
final class Flaky extends DelegatingStore {

  final AtomicInteger calls = new AtomicInteger();
  int failures;
  int cuts;
  int cutAfter = Integer.MAX_VALUE;
  ErrorCode code = ErrorCode.STORE_UNREACHABLE;

  Flaky(Store inner) {
    super(inner);
  }

  private void fail() {
    calls.incrementAndGet();
    if (failures > 0) {
      failures--;
      throw new StoreException(code, "failed on purpose");
    }
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    fail();
    return super.stat(path);
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    fail();
    int[] passed = {0};
    return new WatchedInput(
        super.read(path, options),
        1_000,
        count -> {
          passed[0] += count;
          if (passed[0] > cutAfter && cuts > 0) {
            cuts--;
            throw new StoreException(code, "cut on purpose");
          }
        });
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    fail();
    return super.write(path, content, options);
  }

  @Override
  public void delete(ObjectPath path) {
    fail();
    super.delete(path);
  }

  @Override
  public void publish(List<Renaming> renamings) {
    fail();
    super.publish(renamings);
  }
}
