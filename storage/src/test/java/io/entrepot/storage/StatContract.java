// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** {@link Store#stat}. */
public interface StatContract extends StoreExam {

  @Test
  default void stat_of_what_is_not_there_is_empty() {
    assertThat(store().stat(path("absent"))).isEmpty();
    assertThat(store().stat(path("no/such/folder/absent"))).isEmpty();
  }

  @Test
  default void stat_below_a_file_is_empty() {
    put(path("file"), new byte[3]);
    assertThat(store().stat(path("file/below"))).isEmpty();
  }

  @Test
  default void stat_tells_kind_and_size() {
    put(path("folder/file"), new byte[1234]);
    ObjectStat stat = store().stat(path("folder/file")).orElseThrow();
    assertThat(stat.path()).isEqualTo(path("folder/file"));
    assertThat(stat.kind()).isEqualTo(Kind.FILE);
    assertThat(stat.size()).isEqualTo(1234);
  }

  @Test
  default void the_base_is_a_folder() {
    ObjectStat stat = store().stat(ObjectPath.BASE).orElseThrow();
    assertThat(stat.kind()).isEqualTo(Kind.FOLDER);
    assertThat(stat.size()).isZero();
  }

  @Test
  default void two_looks_at_an_unchanged_file_agree() {
    put(path("file"), new byte[10]);
    ObjectStat first = store().stat(path("file")).orElseThrow();
    ObjectStat second = store().stat(path("file")).orElseThrow();
    assertThat(first.sameVersion(second)).isTrue();
  }

  @Test
  default void a_file_of_another_size_is_another_version() {
    put(path("file"), new byte[10]);
    ObjectStat before = store().stat(path("file")).orElseThrow();
    put(path("file"), new byte[11]);
    assertThat(before.sameVersion(store().stat(path("file")).orElseThrow())).isFalse();
  }
}
