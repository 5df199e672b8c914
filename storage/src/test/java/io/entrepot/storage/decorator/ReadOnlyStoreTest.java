// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A store that only shows what is there. */
final class ReadOnlyStoreTest {

  private final MemoryStore memory = new MemoryStore(InstantSource.fixed(Instant.EPOCH));

  private static void put(Store store, int size) {
    store.write(path("file"), new ByteArrayInputStream(new byte[size]), WriteOptions.replace(size));
  }

  @Test
  void a_read_only_store_shows_everything_and_changes_nothing() throws IOException {
    put(memory, 3);
    Store store = new ReadOnlyStore(memory);
    List<ThrowingCallable> changes =
        List.of(
            () -> put(store, 9),
            () -> store.delete(path("file")),
            () -> store.setModified(path("file"), Instant.MAX),
            () -> store.publish(List.of(new Renaming(path("file"), path("final")))));
    for (ThrowingCallable change : changes) {
      assertThat(codeOf(change)).isEqualTo(ErrorCode.STORE_READ_ONLY);
    }
    assertThat(store.stat(path("file"))).isEqualTo(memory.stat(path("file")));
    try (InputStream in = store.read(path("file"), ReadOptions.WHOLE)) {
      assertThat(in.readAllBytes()).hasSize(3);
    }
  }
}
