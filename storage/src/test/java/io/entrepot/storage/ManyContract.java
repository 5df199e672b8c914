// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * {@link Store#statEach} and {@link Store#readEach}: many objects at once are each as one alone.
 */
public interface ManyContract extends StoreExam {

  private static byte[] rest(InputStream in) {
    try {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new AssertionError("a store's stream fails with StoreException only", e);
    }
  }

  private static ObjectStat absent(String name) {
    return new ObjectStat(path(name), Kind.FILE, 3, Instant.EPOCH, "");
  }

  @Test
  default void files_read_in_turn_give_the_bytes_of_each() {
    List<ObjectStat> files = new ArrayList<>();
    int[] lengths = {0, 1, 4_096, 32_768, 131_071, 131_072, 131_073, 262_144, 700_001};
    for (int i = 0; i < 100; i++) {
      int length = lengths[i % lengths.length];
      files.add(put(path("folder-" + i % 7 + "/deep/file-" + i), bytes(i, length)));
    }
    try (Reading reading = store().readEach(files)) {
      for (int i = 0; i < files.size(); i++) {
        assertThat(rest(reading.next())).isEqualTo(bytes(i, lengths[i % lengths.length]));
      }
      assertThatThrownBy(reading::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  default void a_file_that_is_gone_fails_alone_among_many() {
    List<ObjectStat> files =
        List.of(
            put(path("a/b"), bytes(1, 9)),
            absent("a/gone"),
            absent("no/such"),
            put(path("z"), bytes(2, 9)));
    try (Reading reading = store().readEach(files)) {
      assertThat(rest(reading.next())).isEqualTo(bytes(1, 9));
      assertThat(codeOf(reading::next)).isEqualTo(ErrorCode.STORE_NOT_FOUND);
      assertThat(codeOf(reading::next)).isEqualTo(ErrorCode.STORE_NOT_FOUND);
      assertThat(rest(reading.next())).isEqualTo(bytes(2, 9));
    }
  }

  @Test
  default void a_link_and_what_lies_behind_one_are_refused_alone_among_many() {
    ObjectStat first = put(path("folder/file"), bytes(1, 9));
    ObjectStat last = put(path("last"), bytes(2, 9));
    if (!plantLink(path("link"), "folder/file") || !plantLink(path("way"), "folder")) {
      return;
    }
    List<ObjectStat> files = List.of(first, absent("link"), absent("way/file"), last);
    try (Reading reading = store().readEach(files)) {
      assertThat(rest(reading.next())).isEqualTo(bytes(1, 9));
      assertThat(codeOf(reading::next)).isEqualTo(ErrorCode.PATH_REFUSED);
      assertThat(codeOf(reading::next)).isEqualTo(ErrorCode.PATH_REFUSED);
      assertThat(rest(reading.next())).isEqualTo(bytes(2, 9));
    }
  }

  @Test
  default void a_file_that_has_grown_since_it_was_listed_is_given_whole() {
    ObjectStat listed = put(path("file"), bytes(1, 1_000));
    put(path("file"), bytes(2, 400_000));
    try (Reading reading = store().readEach(List.of(listed))) {
      assertThat(rest(reading.next())).isEqualTo(bytes(2, 400_000));
    }
  }

  @Test
  default void streams_that_are_not_read_to_their_end_disturb_no_other() throws IOException {
    List<ObjectStat> files = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      files.add(put(path("file-" + i), bytes(i, 300_000)));
    }
    for (int round = 0; round < 3; round++) {
      try (Reading reading = store().readEach(files)) {
        reading.next();
        assertThat(reading.next().readNBytes(10)).hasSize(10);
        assertThat(rest(reading.next())).isEqualTo(bytes(2, 300_000));
      }
    }
    assertThat(get(path("file-59"))).isEqualTo(bytes(59, 300_000));
  }

  @Test
  default void many_are_looked_at_as_each_alone() {
    put(path("a/b/file"), bytes(1, 9));
    put(path("z"), bytes(2, 9));
    List<ObjectPath> paths =
        List.of(path("a/b/file"), path("a/gone"), path("no/such/way"), path("z"), path("a/b"));
    List<Optional<ObjectStat>> seen = store().statEach(paths);
    assertThat(seen).isEqualTo(paths.stream().map(store()::stat).toList());
    assertThat(store().statEach(List.of())).isEmpty();
  }
}
