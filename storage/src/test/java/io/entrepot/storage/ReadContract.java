// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** {@link Store#read}. */
public interface ReadContract extends StoreExam {

  @Test
  default void what_was_written_is_read() {
    for (int length : new int[] {0, 1, 4096, 32_768, 262_144, 1_000_003}) {
      byte[] content = bytes(length, length);
      put(path("file-" + length), content);
      assertThat(get(path("file-" + length))).isEqualTo(content);
      assertThat(get(path("file-" + length), ReadOptions.WHOLE_FROM_MEDIUM)).isEqualTo(content);
    }
  }

  @Test
  default void a_range_is_exactly_the_bytes_asked_for() {
    byte[] content = bytes(1, 700_000);
    put(path("file"), content);
    int[][] ranges = {{0, 1}, {0, 700_000}, {699_999, 1}, {131_071, 131_074}, {12, 0}, {1, 65_536}};
    for (int[] range : ranges) {
      assertThat(get(path("file"), ReadOptions.range(range[0], range[1])))
          .isEqualTo(Arrays.copyOfRange(content, range[0], range[0] + range[1]));
    }
  }

  @Test
  default void a_range_past_the_end_stops_at_the_end() {
    byte[] content = bytes(2, 1000);
    put(path("file"), content);
    assertThat(get(path("file"), ReadOptions.range(990, 100)))
        .isEqualTo(Arrays.copyOfRange(content, 990, 1000));
    assertThat(get(path("file"), ReadOptions.range(10, ReadOptions.TO_END)))
        .isEqualTo(Arrays.copyOfRange(content, 10, 1000));
    assertThat(get(path("file"), ReadOptions.range(1000, 5))).isEmpty();
    assertThat(get(path("file"), ReadOptions.range(5000, ReadOptions.TO_END))).isEmpty();
    put(path("empty"), new byte[0]);
    assertThat(get(path("empty"), ReadOptions.range(0, 5))).isEmpty();
  }

  @Test
  default void reading_what_is_no_file_fails_at_once() {
    put(path("folder/file"), new byte[1]);
    for (String name : new String[] {"absent", "no/such/file", "folder", "folder/file/below"}) {
      assertThat(codeOf(() -> store().read(path(name), ReadOptions.WHOLE)))
          .as(name)
          .isEqualTo(ErrorCode.STORE_NOT_FOUND);
    }
    assertThat(codeOf(() -> store().read(ObjectPath.BASE, ReadOptions.WHOLE)))
        .isEqualTo(ErrorCode.STORE_NOT_FOUND);
  }

  @Test
  default void a_stream_obeys_the_rules_of_streams() throws IOException {
    byte[] content = bytes(3, 100_000);
    put(path("file"), content);
    try (InputStream in = store().read(path("file"), ReadOptions.WHOLE)) {
      byte[] all = new byte[content.length + 10];
      assertThat(in.read(all, 0, 0)).isZero();
      assertThat(in.read()).isEqualTo(content[0] & 0xff);
      assertThat(in.skip(1_000)).isEqualTo(1_000);
      int got = in.readNBytes(all, 5, 50_000);
      assertThat(got).isEqualTo(50_000);
      assertThat(Arrays.copyOfRange(all, 5, 50_005))
          .isEqualTo(Arrays.copyOfRange(content, 1_001, 51_001));
      assertThat(in.readAllBytes()).hasSize(48_999);
      assertThat(in.read()).isEqualTo(-1);
      assertThat(in.read(all)).isEqualTo(-1);
    }
  }

  @Test
  default void a_stream_can_be_left_half_way() throws IOException {
    byte[] content = bytes(4, 3_000_000);
    put(path("file"), content);
    for (int i = 0; i < 20; i++) {
      InputStream in = store().read(path("file"), ReadOptions.WHOLE);
      assertThat(in.read()).isEqualTo(content[0] & 0xff);
      in.close();
      in.close();
    }
    assertThat(get(path("file"))).isEqualTo(content);
  }

  @Test
  default void a_file_beyond_4_gib_is_reached_at_any_offset() {
    long size = (4L << 30) + 5;
    if (!plantSparse(path("huge"), size)) {
      return;
    }
    assertThat(store().stat(path("huge")).orElseThrow().size()).isEqualTo(size);
    assertThat(get(path("huge"), ReadOptions.range(size - 3, 10))).isEqualTo(new byte[3]);
    assertThat(get(path("huge"), ReadOptions.range((1L << 32) - 1, 4))).isEqualTo(new byte[4]);
  }
}
