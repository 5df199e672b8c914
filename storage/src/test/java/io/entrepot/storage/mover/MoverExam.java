// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** What the mover's tests share: two stores, a clock that is set, and a few steps. */
abstract class MoverExam {

  Instant now = Instant.parse("2026-11-21T10:00:00Z");
  final InstantSource clock = () -> now;
  final MemoryStore source = new MemoryStore(clock);
  final MemoryStore target = new MemoryStore(clock);
  final Mover mover = new Mover(new IdSource(clock, new Random(1)), clock);

  Outcome copy(Store from, Store to, CopyOrder order) {
    return mover.copy(new Route(from, to), List.of(order), CopyControl.NONE).getFirst();
  }

  Outcome copy(Store from, Store to, ObjectStat original) {
    return copy(from, to, CopyOrder.of(original, original.path()));
  }

  static VerifiedCopy copied(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Copied.class);
    return ((Outcome.Copied) outcome).copy();
  }

  static ErrorCode failed(Outcome outcome) {
    assertThat(outcome).isInstanceOf(Outcome.Failed.class);
    return ((Outcome.Failed) outcome).cause().code();
  }

  static ObjectPath path(String text) {
    return new ObjectPath(text);
  }

  static ObjectStat put(Store store, String path, byte[] content) {
    return store.write(
        path(path), new ByteArrayInputStream(content), WriteOptions.replace(content.length));
  }

  static byte[] get(Store store, ObjectPath path) {
    try (InputStream in = store.read(path, ReadOptions.WHOLE)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static byte[] bytes(long seed, int length) {
    byte[] content = new byte[length];
    new Random(seed).nextBytes(content);
    return content;
  }

  static List<ObjectStat> everything(Store store, ObjectPath folder) {
    List<ObjectStat> all = new ArrayList<>();
    if (store.stat(folder).isEmpty()) {
      return all;
    }
    try (FolderListing listing = store.list(folder)) {
      listing.forEachRemaining(all::add);
    }
    for (ObjectStat stat : List.copyOf(all)) {
      if (!stat.isFile()) {
        all.addAll(everything(store, stat.path()));
      }
    }
    return all.stream().filter(ObjectStat::isFile).toList();
  }

  static void assertHoldsNothing(Store store) {
    assertThat(everything(store, ObjectPath.BASE)).isEmpty();
  }
}
