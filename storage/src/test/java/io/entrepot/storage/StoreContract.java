// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/**
 * The exam that every connector sits: extend it, open an empty store, state the facts of {@link
 * StoreExam} that differ. Each part below examines one promise of {@link Store}.
 */
public abstract class StoreContract
    implements StatContract,
        ListContract,
        ReadContract,
        ManyContract,
        WriteContract,
        WriteFailureContract,
        DeleteContract,
        PublishContract,
        CapabilityContract,
        NameContract,
        LinkContract,
        MissingBaseContract,
        ThreadContract {

  private Store store;

  /** A store over an empty base that exists. The exam closes it. */
  protected abstract Store openStore() throws Exception;

  @BeforeEach
  final void open_the_candidate() throws Exception {
    store = openStore();
  }

  @AfterEach
  final void close_the_candidate() {
    store.close();
  }

  @Override
  public final Store store() {
    return store;
  }
}
