// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.local.LocalStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Decorators around a local folder: still a store. */
final class DecoratedStoreContractTest extends StoreContract {

  private static final StoreMeter UNHEARD =
      new StoreMeter() {
        @Override
        public void moved(Verb verb, long bytes) {}

        @Override
        public void ended(Verb verb, long nanos) {}

        @Override
        public void failed(Verb verb, ErrorCode code) {}
      };

  @TempDir Path base;

  private static Store around(Store inner) {
    Store metered = new MeteredStore(inner, UNHEARD, System::nanoTime);
    Store retrying = new RetryingStore(metered, RetrySettings.USUAL, Pause.SLEEP);
    return new ThrottledStore(retrying, 1_000_000, System::nanoTime, _ -> {});
  }

  @Override
  protected Store openStore() {
    return around(LocalStore.open(base, TestIds.NEW));
  }

  @Override
  public Optional<Store> storeWithoutBase() {
    return Optional.of(around(LocalStore.open(base.resolve("absent"), TestIds.NEW)));
  }
}
