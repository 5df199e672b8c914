// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

/** {@link Store#write} when nothing goes wrong on the way. */
public interface WriteContract extends StoreExam {

  @Test
  default void a_write_makes_the_folders_above() {
    put(path("a/b/c/d/file"), new byte[] {1});
    assertThat(get(path("a/b/c/d/file"))).containsExactly(1);
    assertThat(store().stat(path("a/b/c")).orElseThrow().kind()).isEqualTo(Kind.FOLDER);
  }

  @Test
  default void a_write_returns_what_stat_would_say() {
    for (WriteOptions options :
        new WriteOptions[] {WriteOptions.replace(3), WriteOptions.staged(3)}) {
      ObjectStat written =
          store().write(path("file"), new ByteArrayInputStream(new byte[3]), options);
      ObjectStat looked = store().stat(path("file")).orElseThrow();
      assertThat(written.path()).isEqualTo(path("file"));
      assertThat(written.kind()).isEqualTo(Kind.FILE);
      assertThat(written.sameVersion(looked)).isTrue();
    }
  }

  @Test
  default void a_write_of_unknown_size_takes_all_there_is() {
    byte[] content = bytes(5, 300_001);
    WriteOptions options = new WriteOptions(WriteMode.REPLACE, WriteOptions.UNKNOWN, true);
    ObjectStat stat = store().write(path("file"), new ByteArrayInputStream(content), options);
    assertThat(stat.size()).isEqualTo(content.length);
    assertThat(get(path("file"))).isEqualTo(content);
  }

  @Test
  default void a_trickling_source_is_written_whole() {
    byte[] content = bytes(6, 10_000);
    InputStream trickle =
        new ByteArrayInputStream(content) {
          @Override
          public int read(byte[] b, int off, int len) {
            return super.read(b, off, Math.min(len, 7));
          }
        };
    store().write(path("file"), trickle, WriteOptions.replace(content.length));
    assertThat(get(path("file"))).isEqualTo(content);
  }

  @Test
  default void replacing_leaves_only_the_new_content() {
    for (boolean durable : new boolean[] {true, false}) {
      put(path("file"), bytes(7, 5_000));
      byte[] shorter = bytes(8, 17);
      store()
          .write(
              path("file"),
              new ByteArrayInputStream(shorter),
              new WriteOptions(WriteMode.REPLACE, 17, durable));
      assertThat(get(path("file"))).isEqualTo(shorter);
      assertThat(namesIn(ObjectPath.BASE)).containsExactly("file");
    }
  }

  @Test
  default void the_source_is_not_closed() {
    boolean[] closed = {false};
    InputStream source =
        new ByteArrayInputStream(new byte[9]) {
          @Override
          public void close() {
            closed[0] = true;
          }
        };
    store().write(path("file"), source, WriteOptions.replace(9));
    assertThat(closed[0]).isFalse();
  }

  @Test
  default void the_base_and_folders_cannot_be_overwritten() {
    assertThat(codeOf(() -> put(ObjectPath.BASE, new byte[1]))).isEqualTo(ErrorCode.PATH_REFUSED);
    put(path("folder/file"), new byte[] {1});
    if (can(Capability.FOLDERS)) {
      assertThat(codeOf(() -> put(path("folder"), new byte[1])))
          .isEqualTo(ErrorCode.ALREADY_EXISTS);
      assertThat(codeOf(() -> put(path("folder/file/below"), new byte[1])))
          .isEqualTo(ErrorCode.ALREADY_EXISTS);
    }
    assertThat(get(path("folder/file"))).containsExactly(1);
    assertThat(namesIn(ObjectPath.BASE)).containsExactly("folder");
  }
}
