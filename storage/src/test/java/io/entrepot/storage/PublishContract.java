// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.io.ByteArrayInputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Store#publish}, declared or not. */
public interface PublishContract extends StoreExam {

  private void stage(String name) {
    byte[] content = name.getBytes(UTF_8);
    store()
        .write(path(name), new ByteArrayInputStream(content), WriteOptions.staged(content.length));
  }

  private boolean refusesWithoutCapability() {
    if (can(Capability.PUBLISH)) {
      return false;
    }
    put(path("from"), new byte[1]);
    List<Renaming> one = List.of(new Renaming(path("from"), path("to")));
    assertThat(codeOf(() -> store().publish(one))).isEqualTo(ErrorCode.NOT_SUPPORTED);
    assertThat(namesIn(ObjectPath.BASE)).containsExactly("from");
    return true;
  }

  @Test
  default void one_object_gets_its_final_name() {
    if (refusesWithoutCapability()) {
      return;
    }
    stage("staging/one");
    store().publish(List.of(new Renaming(path("staging/one"), path("new/folder/final"))));
    assertThat(get(path("new/folder/final"))).isEqualTo("staging/one".getBytes(UTF_8));
    assertThat(store().stat(path("staging/one"))).isEmpty();
    store().publish(List.of());
  }

  @Test
  default void a_batch_gets_its_final_names() {
    if (refusesWithoutCapability()) {
      return;
    }
    List<Renaming> batch = new ArrayList<>();
    for (int i = 0; i < 300; i++) {
      stage("staging/" + i);
      batch.add(new Renaming(path("staging/" + i), path("final/" + i % 40 + "/" + i)));
    }
    store().publish(batch);
    assertThat(namesIn(path("staging"))).isEmpty();
    for (Renaming renaming : batch) {
      assertThat(get(renaming.to())).isEqualTo(renaming.from().text().getBytes(UTF_8));
    }
  }

  @Test
  default void an_occupied_name_stops_a_batch_with_each_object_under_exactly_one_name() {
    if (refusesWithoutCapability()) {
      return;
    }
    List<Renaming> batch = new ArrayList<>();
    for (int i = 0; i < 9; i++) {
      stage("staging/" + i);
      batch.add(new Renaming(path("staging/" + i), path("final/" + i)));
    }
    put(path("final/4"), new byte[] {42});
    assertThat(codeOf(() -> store().publish(batch))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(get(path("final/4"))).containsExactly(42);
    assertThat(store().stat(path("staging/4"))).isPresent();
    List<Renaming> open = new ArrayList<>();
    for (Renaming renaming : batch) {
      boolean staged = store().stat(renaming.from()).isPresent();
      boolean published =
          !renaming.to().equals(path("final/4")) && store().stat(renaming.to()).isPresent();
      assertThat(staged).isNotEqualTo(published);
      if (staged) {
        open.add(renaming);
      }
    }
    store().delete(path("final/4"));
    store().publish(open);
    for (Renaming renaming : batch) {
      assertThat(get(renaming.to())).isEqualTo(renaming.from().text().getBytes(UTF_8));
    }
  }

  @Test
  default void a_missing_object_is_told_and_the_others_are_whole() {
    if (refusesWithoutCapability()) {
      return;
    }
    stage("here");
    List<Renaming> batch =
        List.of(
            new Renaming(path("absent"), path("final/absent")),
            new Renaming(path("here"), path("final/here")));
    assertThat(codeOf(() -> store().publish(batch))).isEqualTo(ErrorCode.STORE_NOT_FOUND);
    assertThat(store().stat(path("final/absent"))).isEmpty();
    assertThat(store().stat(path("here")).isPresent())
        .isNotEqualTo(store().stat(path("final/here")).isPresent());
  }

  @Test
  default void a_file_that_has_its_name_is_flushed_and_stays_as_it_is() {
    put(path("a/folder/file"), new byte[] {1, 2, 3});
    store().flush(path("a/folder/file"));
    assertThat(get(path("a/folder/file"))).containsExactly(1, 2, 3);
    assertThat(codeOf(() -> store().flush(path("a/folder/absent"))))
        .isEqualTo(ErrorCode.STORE_NOT_FOUND);
    assertThat(codeOf(() -> store().flush(path("no/such/file"))))
        .isEqualTo(ErrorCode.STORE_NOT_FOUND);
  }

  @Test
  default void two_objects_never_get_one_name() {
    if (refusesWithoutCapability()) {
      return;
    }
    stage("one");
    stage("two");
    List<Renaming> batch =
        List.of(new Renaming(path("one"), path("final")), new Renaming(path("two"), path("final")));
    assertThat(codeOf(() -> store().publish(batch))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(namesIn(ObjectPath.BASE)).hasSize(2).contains("final");
  }

  @Test
  default void a_folder_is_never_replaced() {
    if (refusesWithoutCapability()) {
      return;
    }
    stage("one");
    put(path("final/file"), new byte[1]);
    assertThat(codeOf(() -> store().publish(List.of(new Renaming(path("one"), path("final"))))))
        .isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(
            codeOf(
                () ->
                    store().publish(List.of(new Renaming(path("one"), path("final/file/below"))))))
        .isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(get(path("one"))).isEqualTo("one".getBytes(UTF_8));
  }
}
