// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReserveTest {

  private static final int SIZE = 10_000;

  @TempDir Path folder;

  @Test
  void it_is_taken_given_back_and_taken_again() {
    Path file = folder.resolve("reserve");
    Reserve reserve = Reserve.of(file, SIZE);
    assertThat(reserve.isShort()).isTrue();

    reserve.take();
    assertThat(file).hasSize(SIZE);
    assertThat(reserve.isShort()).isFalse();

    reserve.release();
    assertThat(file).doesNotExist();
    assertThat(reserve.isShort()).isTrue();

    reserve.take();
    assertThat(file).hasSize(SIZE);
  }

  @Test
  void one_of_another_size_is_cut_or_filled() throws Exception {
    Path file = Files.write(folder.resolve("reserve"), new byte[SIZE]);

    Reserve.of(file, SIZE / 2).take();
    assertThat(file).hasSize(SIZE / 2);

    Reserve.of(file, SIZE * 2).take();
    assertThat(file).hasSize(SIZE * 2);
  }

  @Test
  void where_it_cannot_be_made_it_is_short_and_none_is_never_short() {
    Reserve impossible = Reserve.of(folder.resolve("missing/reserve"), SIZE);
    impossible.take();
    assertThat(impossible.isShort()).isTrue();

    Reserve none = Reserve.none();
    none.take();
    none.release();
    assertThat(none.isShort()).isFalse();
  }
}
