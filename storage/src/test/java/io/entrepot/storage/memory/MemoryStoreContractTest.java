// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import java.time.InstantSource;

final class MemoryStoreContractTest extends StoreContract {

  private final MemoryStore candidate = new MemoryStore(InstantSource.system());

  @Override
  protected Store openStore() {
    return candidate;
  }

  @Override
  public boolean plantLink(ObjectPath link, String target) {
    candidate.makeLink(link);
    return true;
  }
}
