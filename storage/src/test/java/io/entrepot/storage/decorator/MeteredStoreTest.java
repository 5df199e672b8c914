// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.memory.MemoryStore;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a meter hears. Each look at the time makes it one later, so a part of a call takes one. */
final class MeteredStoreTest {

  private final MemoryStore memory = new MemoryStore(InstantSource.fixed(Instant.EPOCH));
  private final Flaky flaky = new Flaky(memory);
  private final List<String> heard = new ArrayList<>();
  private long now;

  private final Store store =
      new MeteredStore(
          flaky,
          new StoreMeter() {
            @Override
            public void moved(Verb verb, long bytes) {
              heard.add(verb + " moved " + bytes);
            }

            @Override
            public void ended(Verb verb, long nanos) {
              heard.add(verb + " took " + nanos);
            }

            @Override
            public void failed(Verb verb, ErrorCode code) {
              heard.add(verb + " failed " + code);
            }
          },
          () -> now++);

  private ObjectStat put(String name, byte[] content) {
    return memory.write(
        path(name), new ByteArrayInputStream(content), WriteOptions.replace(content.length));
  }

  private void write(InputStream content) {
    store.write(path("new"), content, WriteOptions.replace(5));
  }

  @Test
  void every_verb_is_told_of_once() {
    ObjectStat file = put("file", bytes(1, 5));
    store.stat(file.path());
    store.statEach(List.of(file.path(), path("none")));
    store.flush(file.path());
    store.setModified(file.path(), Instant.EPOCH);
    store.digest(file.path(), DigestAlgorithm.SHA256);
    store.publish(List.of(new Renaming(file.path(), path("final"))));
    store.delete(path("final"));
    assertThat(heard)
        .containsExactly(
            "STAT took 1",
            "STAT took 1",
            "FLUSH took 1",
            "SET_MODIFIED took 1",
            "DIGEST took 1",
            "PUBLISH took 1",
            "DELETE took 1");
  }

  @Test
  void a_stream_is_told_of_when_it_is_closed_and_only_once() throws IOException {
    put("file", bytes(1, 2_500));
    InputStream in = store.read(path("file"), ReadOptions.WHOLE);
    assertThat(in.readAllBytes()).hasSize(2_500);
    assertThat(heard).isEmpty();
    in.close();
    in.close();
    assertThat(heard).containsExactly("READ moved 2500", "READ took 5"); // opened, 3 and the end
  }

  @Test
  void a_long_file_is_told_of_on_its_way() throws IOException {
    put("file", bytes(1, 3_000_000));
    try (InputStream in = store.read(path("file"), ReadOptions.WHOLE)) {
      in.readNBytes(2_200_000);
      assertThat(heard).containsExactly("READ moved 1048576", "READ moved 1048576");
    }
  }

  @Test
  void what_is_written_takes_only_the_time_of_the_target() {
    write(new WatchedInput(new ByteArrayInputStream(bytes(1, 5)), 5, _ -> now += 1_000_000));
    assertThat(heard).first().isEqualTo("WRITE moved 5");
    assertThat(heard).last().asString().matches("WRITE took \\d{1,2}");
    assertThat(heard).hasSize(2);
  }

  @Test
  void a_source_that_fails_is_no_failure_of_the_target() {
    InputStream broken =
        new WatchedInput(
            new ByteArrayInputStream(bytes(1, 5)),
            1,
            _ -> {
              throw new StoreException(ErrorCode.STORE_SHORT_SOURCE, "cut on purpose");
            });
    assertThat(codeOf(() -> write(broken))).isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
    assertThat(heard).hasSize(1).first().asString().startsWith("WRITE took");
  }

  @Test
  void a_call_that_fails_is_told_of_with_its_reason_and_ends() {
    flaky.failures = 3;
    codeOf(() -> store.stat(path("file")));
    codeOf(() -> store.read(path("file"), ReadOptions.WHOLE));
    codeOf(() -> write(new ByteArrayInputStream(bytes(1, 5))));
    assertThat(heard)
        .containsExactly(
            "STAT failed STORE_UNREACHABLE",
            "STAT took 1",
            "READ failed STORE_UNREACHABLE",
            "READ took 1",
            "WRITE failed STORE_UNREACHABLE",
            "WRITE took 1");
  }

  @Test
  void a_stream_that_is_cut_failed_once() throws IOException {
    put("file", bytes(1, 5_000));
    flaky.cuts = 2;
    flaky.cutAfter = 1_500;
    try (InputStream in = store.read(path("file"), ReadOptions.WHOLE)) {
      assertThat(codeOf(in::readAllBytes)).isEqualTo(ErrorCode.STORE_UNREACHABLE);
      assertThat(codeOf(in::readAllBytes)).isEqualTo(ErrorCode.STORE_UNREACHABLE);
    }
    assertThat(heard)
        .containsExactly("READ failed STORE_UNREACHABLE", "READ moved 1000", "READ took 4");
  }

  @Test
  void files_in_turn_are_a_call_each_though_nobody_closes_them() throws IOException {
    ObjectStat a = put("a", bytes(1, 10));
    ObjectStat b = put("b", bytes(2, 20));
    try (Reading reading = store.readEach(List.of(a, b))) {
      reading.next().readAllBytes();
      flaky.failures = 1;
      assertThat(codeOf(reading::next)).isEqualTo(ErrorCode.STORE_UNREACHABLE);
    }
    assertThat(heard)
        .containsExactly(
            "READ moved 10", "READ took 3", "READ failed STORE_UNREACHABLE", "READ took 1");
  }

  @Test
  void a_listing_is_told_of_when_it_is_closed() {
    put("a", bytes(1, 10));
    put("b", bytes(2, 20));
    try (FolderListing listing = store.list(ObjectPath.BASE)) {
      listing.forEachRemaining(_ -> {});
      assertThat(heard).isEmpty();
    }
    assertThat(heard).containsExactly("LIST took 4"); // opened, 2 children, and no third
    assertThatThrownBy(() -> store.list(path("none")).hasNext()).isInstanceOf(StoreException.class);
    assertThat(heard).contains("LIST failed STORE_NOT_FOUND");
  }
}
