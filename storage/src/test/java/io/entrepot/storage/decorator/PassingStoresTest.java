// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
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
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** The metered and the read-only store. */
final class PassingStoresTest {

  private final MemoryStore memory = new MemoryStore(InstantSource.fixed(Instant.EPOCH));

  private static void put(Store store, int size) {
    store.write(path("file"), new ByteArrayInputStream(new byte[size]), WriteOptions.replace(size));
  }

  /** Adds up. */
  private static final class Sums implements Meter {
    final Map<Verb, Integer> calls = new EnumMap<>(Verb.class);
    long read;
    long written;

    @Override
    public void called(Verb verb) {
      calls.merge(verb, 1, Integer::sum);
    }

    @Override
    public void read(long bytes) {
      read += bytes;
    }

    @Override
    public void written(long bytes) {
      written += bytes;
    }
  }

  @Test
  void a_metered_store_counts_calls_and_bytes() throws IOException {
    Sums sums = new Sums();
    Store store = new MeteredStore(memory, sums);
    put(store, 12_345);
    try (InputStream in = store.read(path("file"), ReadOptions.range(45, 2_000))) {
      assertThat(in.read()).isZero();
      assertThat(in.readAllBytes()).hasSize(1_999);
    }
    store.stat(path("file")).orElseThrow();
    store.stat(path("absent"));
    store.list(ObjectPath.BASE).close();
    store.publish(List.of(new Renaming(path("file"), path("final"))));
    store.setModified(path("final"), Instant.EPOCH);
    store.delete(path("final"));
    assertThat(sums.written).isEqualTo(12_345);
    assertThat(sums.read).isEqualTo(2_000);
    assertThat(sums.calls)
        .containsEntry(Meter.Verb.STAT, 2)
        .containsEntry(Meter.Verb.WRITE, 1)
        .containsOnlyKeys(
            Meter.Verb.STAT,
            Meter.Verb.LIST,
            Meter.Verb.READ,
            Meter.Verb.WRITE,
            Meter.Verb.DELETE,
            Meter.Verb.PUBLISH,
            Meter.Verb.SET_MODIFIED);
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
