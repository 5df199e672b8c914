// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.local.LocalStore;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

/** Decorators around a local folder: still a store. */
final class DecoratedStoreContractTest extends StoreContract {

  @TempDir Path base;

  private static Store around(Store inner) {
    Store retrying = new RetryingStore(inner, RetrySettings.USUAL, Pause.SLEEP);
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
