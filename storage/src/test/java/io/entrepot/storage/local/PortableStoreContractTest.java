// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import io.entrepot.storage.TestIds;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Optional;
import org.junit.jupiter.api.io.TempDir;

final class PortableStoreContractTest extends StoreContract {

  @TempDir Path base;

  @Override
  protected Store openStore() {
    return new PortableStore(new LocalSettings(base), TestIds.NEW);
  }

  @Override
  public Optional<Store> storeWithoutBase() {
    return Optional.of(new PortableStore(new LocalSettings(base.resolve("absent")), TestIds.NEW));
  }

  /**
   * Java's paths hold characters: bytes that are none, and what stands for them, it cannot spell.
   */
  @Override
  public boolean takes(ObjectPath path) {
    try {
      return path.text().chars().noneMatch(c -> c == 0xfffd || (c >= 0xef80 && c <= 0xefff))
          && Path.of(path.text()).toString().equals(path.text());
    } catch (InvalidPathException e) {
      return false;
    }
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
