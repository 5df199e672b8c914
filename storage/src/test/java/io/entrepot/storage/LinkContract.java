// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Test;

/** Symbolic links and pipes found in the base: seen, never followed, never opened. */
public interface LinkContract extends StoreExam {

  @Test
  default void a_link_is_seen_as_a_link() {
    put(path("real/file"), new byte[5]);
    if (plantLink(path("link"), "real/file")) {
      assertThat(store().stat(path("link")).orElseThrow().kind()).isEqualTo(Kind.LINK);
      assertThat(store().stat(path("link")).orElseThrow().size()).isZero();
      assertThat(children(ObjectPath.BASE))
          .extracting(ObjectStat::kind)
          .containsExactlyInAnyOrder(Kind.LINK, Kind.FOLDER);
    }
  }

  @Test
  default void reading_through_a_link_is_refused() {
    put(path("real/file"), new byte[5]);
    if (plantLink(path("file"), "real/file") && plantLink(path("folder"), "real")) {
      plantLink(path("out"), "/etc");
      for (String name : List.of("file", "folder/file", "out/passwd")) {
        assertThat(codeOf(() -> store().read(path(name), ReadOptions.WHOLE)))
            .as(name)
            .isEqualTo(ErrorCode.PATH_REFUSED);
      }
      assertThat(codeOf(() -> namesIn(path("folder")))).isEqualTo(ErrorCode.PATH_REFUSED);
      assertThat(codeOf(() -> store().stat(path("out/passwd")))).isEqualTo(ErrorCode.PATH_REFUSED);
      store().delete(path("out"));
    }
  }

  @Test
  default void writing_through_a_linked_folder_is_refused() {
    put(path("real/file"), new byte[5]);
    if (plantLink(path("folder"), "real")) {
      assertThat(codeOf(() -> put(path("folder/new"), new byte[1])))
          .isEqualTo(ErrorCode.PATH_REFUSED);
      assertThat(codeOf(() -> put(path("folder/deep/new"), new byte[1])))
          .isEqualTo(ErrorCode.PATH_REFUSED);
      if (can(Capability.PUBLISH)) {
        put(path("staged"), new byte[1]);
        List<Renaming> one = List.of(new Renaming(path("staged"), path("folder/new")));
        assertThat(codeOf(() -> store().publish(one))).isEqualTo(ErrorCode.PATH_REFUSED);
      }
      assertThat(namesIn(path("real"))).containsExactly("file");
    }
  }

  @Test
  default void replacing_a_link_replaces_the_link_alone() {
    put(path("real/file"), new byte[5]);
    if (plantLink(path("link"), "real/file")) {
      try {
        put(path("link"), new byte[] {1});
        assertThat(get(path("link"))).containsExactly(1);
      } catch (StoreException e) {
        assertThat(e.code()).isEqualTo(ErrorCode.PATH_REFUSED);
      }
      assertThat(get(path("real/file"))).hasSize(5);
    }
  }

  @Test
  default void deleting_a_link_leaves_what_it_points_to() {
    put(path("real/file"), new byte[5]);
    if (plantLink(path("file"), "real/file") && plantLink(path("folder"), "real")) {
      assertThat(codeOf(() -> store().delete(path("folder/file"))))
          .isEqualTo(ErrorCode.PATH_REFUSED);
      store().delete(path("file"));
      store().delete(path("folder"));
      assertThat(namesIn(ObjectPath.BASE)).containsExactly("real");
      assertThat(get(path("real/file"))).hasSize(5);
    }
  }

  @Test
  default void a_pipe_is_never_opened() {
    if (plantPipe(path("pipe"))) {
      Assertions.assertTimeoutPreemptively(
          Duration.ofSeconds(10),
          () -> {
            assertThat(store().stat(path("pipe")).orElseThrow().kind()).isEqualTo(Kind.OTHER);
            assertThat(codeOf(() -> store().read(path("pipe"), ReadOptions.WHOLE)))
                .isEqualTo(ErrorCode.PATH_REFUSED);
            store().delete(path("pipe"));
          });
    }
  }
}
