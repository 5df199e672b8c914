// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import io.entrepot.storage.TestIds;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

final class LocalStoreContractTest extends StoreContract {

  @TempDir Path base;

  @Override
  protected Store openStore() {
    return LocalStore.open(base, TestIds.NEW);
  }

  @Override
  public Optional<Store> storeWithoutBase() {
    return Optional.of(LocalStore.open(base.resolve("absent"), TestIds.NEW));
  }

  @Override
  public boolean plantLink(ObjectPath link, String target) {
    return new Planting(base).link(link, target);
  }

  @Override
  public boolean plantPipe(ObjectPath path) {
    return new Planting(base).pipe(path);
  }

  @Override
  public boolean plantSparse(ObjectPath path, long size) {
    return new Planting(base).sparse(path, size);
  }
}
