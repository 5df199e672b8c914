// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.storage.ObjectPath;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Whoever publishes in a folder that another thread has just made flushes its name too. */
final class NewFoldersTest {

  private final NewFolders made = new NewFolders();

  private List<ObjectPath> flushedAbove(String folder) {
    List<ObjectPath> flushed = new ArrayList<>();
    made.flushAbove(path(folder), flushed::add);
    return flushed;
  }

  private void make(String folder, Runnable meanwhile) {
    int ignored =
        made.make(
            path(folder).parent(),
            () -> {
              meanwhile.run();
              return 0;
            });
  }

  @Test
  void a_folder_is_known_to_be_new_before_its_maker_knows_that_it_is_there() {
    make("a/new", () -> assertThat(flushedAbove("a/new")).containsExactly(path("a")));
  }

  @Test
  void a_flush_while_a_folder_is_being_made_is_not_the_last() {
    make("a/new", () -> flushedAbove("a/other"));
    assertThat(flushedAbove("a/new")).containsExactly(path("a"));
    assertThat(flushedAbove("a/new")).isEmpty();
  }

  @Test
  void one_that_is_made_while_another_is_flushed_is_flushed_too() {
    make("a/one", () -> {});
    made.flushAbove(path("a/one"), _ -> make("a/two", () -> {}));
    assertThat(flushedAbove("a/two")).containsExactly(path("a"));
  }
}
