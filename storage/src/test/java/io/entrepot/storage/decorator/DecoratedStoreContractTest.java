// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.local.LocalStore;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Retrying around throttled around metered around a local folder: still a store. */
final class DecoratedStoreContractTest extends StoreContract {

  @TempDir Path base;

  private static Store around(Store inner) {
    Meter deaf =
        new Meter() {
          @Override
          public void called(Verb verb) {}

          @Override
          public void read(long bytes) {}

          @Override
          public void written(long bytes) {}
        };
    Store metered = new MeteredStore(inner, deaf);
    Store throttled = new ThrottledStore(metered, 1L << 40, InstantSource.system(), Pause.SLEEP);
    return new RetryingStore(throttled, RetrySettings.USUAL, Pause.SLEEP);
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
