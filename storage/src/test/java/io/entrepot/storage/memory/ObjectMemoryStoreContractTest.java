// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.storage.Capability;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreContract;
import java.time.InstantSource;
import java.util.EnumSet;

/** The store in memory when it stands in for one without folders, renaming and times. */
final class ObjectMemoryStoreContractTest extends StoreContract {

  @Override
  protected Store openStore() {
    return new MemoryStore(
        InstantSource.system(), EnumSet.of(Capability.CONDITIONAL_CREATE, Capability.FINGERPRINT));
  }
}
