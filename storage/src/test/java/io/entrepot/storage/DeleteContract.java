// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import org.junit.jupiter.api.Test;

/** {@link Store#delete}. */
public interface DeleteContract extends StoreExam {

  @Test
  default void a_deleted_file_is_gone_and_its_neighbours_stay() {
    put(path("a/one"), new byte[1]);
    put(path("a/two"), new byte[2]);
    store().delete(path("a/one"));
    assertThat(store().stat(path("a/one"))).isEmpty();
    assertThat(namesIn(path("a"))).containsExactly("two");
  }

  @Test
  default void deleting_what_is_not_there_does_nothing() {
    store().delete(path("absent"));
    store().delete(path("no/such/folder/absent"));
    put(path("file"), new byte[1]);
    store().delete(path("file/below"));
    store().delete(path("file"));
    store().delete(path("file"));
    assertThat(children(ObjectPath.BASE)).isEmpty();
  }

  @Test
  default void a_folder_is_deleted_only_when_empty() {
    put(path("a/file"), new byte[1]);
    if (can(Capability.FOLDERS)) {
      assertThat(codeOf(() -> store().delete(path("a")))).isEqualTo(ErrorCode.CONFLICT_STATE);
    } else {
      store().delete(path("a"));
    }
    assertThat(get(path("a/file"))).hasSize(1);
    store().delete(path("a/file"));
    store().delete(path("a"));
    assertThat(store().stat(path("a"))).isEmpty();
  }

  @Test
  default void the_base_cannot_be_deleted() {
    assertThat(codeOf(() -> store().delete(ObjectPath.BASE))).isEqualTo(ErrorCode.PATH_REFUSED);
    put(path("file"), new byte[1]);
    assertThat(namesIn(ObjectPath.BASE)).containsExactly("file");
  }
}
