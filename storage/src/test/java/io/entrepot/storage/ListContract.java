// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import java.util.NoSuchElementException;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** {@link Store#list}. */
public interface ListContract extends StoreExam {

  @Test
  default void an_empty_base_lists_nothing() {
    assertThat(children(ObjectPath.BASE)).isEmpty();
  }

  @Test
  default void a_folder_lists_its_direct_children_only() {
    put(path("a/file"), new byte[5]);
    put(path("a/b/deeper"), new byte[6]);
    put(path("c"), new byte[7]);
    assertThat(namesIn(ObjectPath.BASE)).containsExactlyInAnyOrder("a", "c");
    assertThat(namesIn(path("a"))).containsExactlyInAnyOrder("file", "b");
    assertThat(children(path("a")))
        .extracting(ObjectStat::kind)
        .containsExactlyInAnyOrder(Kind.FILE, Kind.FOLDER);
  }

  @Test
  default void a_listed_child_is_what_stat_says() {
    put(path("a/file"), new byte[5]);
    ObjectStat listed = children(path("a")).getFirst();
    ObjectStat looked = store().stat(path("a/file")).orElseThrow();
    assertThat(listed.path()).isEqualTo(looked.path());
    assertThat(listed.kind()).isEqualTo(looked.kind());
    assertThat(listed.sameVersion(looked)).isTrue();
  }

  @Test
  default void a_missing_folder_is_an_error_where_folders_exist() {
    put(path("file"), new byte[1]);
    if (can(Capability.FOLDERS)) {
      assertThat(codeOf(() -> namesIn(path("absent")))).isEqualTo(ErrorCode.STORE_NOT_FOUND);
      assertThat(codeOf(() -> namesIn(path("file")))).isEqualTo(ErrorCode.STORE_NOT_FOUND);
    } else {
      assertThat(namesIn(path("absent"))).isEmpty();
    }
  }

  @Test
  default void a_folder_with_many_children_is_listed_whole() {
    int count = manyChildren();
    for (int i = 0; i < count; i++) {
      store()
          .write(
              path("many/file-" + i),
              java.io.InputStream.nullInputStream(),
              WriteOptions.staged(0));
    }
    assertThat(namesIn(path("many")))
        .containsExactlyInAnyOrderElementsOf(
            IntStream.range(0, count).mapToObj(i -> "file-" + i).toList());
  }

  @Test
  default void a_listing_ends_with_no_such_element() {
    put(path("a/file"), new byte[5]);
    try (FolderListing listing = store().list(path("a"))) {
      assertThat(listing.hasNext()).isTrue();
      assertThat(listing.hasNext()).isTrue();
      listing.next();
      assertThat(listing.hasNext()).isFalse();
      assertThatThrownBy(listing::next).isInstanceOf(NoSuchElementException.class);
    }
  }

  @Test
  default void a_listing_can_be_left_half_way() {
    for (int i = 0; i < 20; i++) {
      put(path("a/" + i), new byte[1]);
    }
    for (int i = 0; i < 50; i++) {
      try (FolderListing listing = store().list(path("a"))) {
        listing.next();
      }
    }
    assertThat(namesIn(path("a"))).hasSize(20);
  }
}
