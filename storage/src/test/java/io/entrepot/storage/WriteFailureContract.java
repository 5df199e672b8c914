// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.ErrorCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@link Store#write} when the source is not what was announced. */
public interface WriteFailureContract extends StoreExam {

  private List<WriteOptions> allWays(long size) {
    return List.of(
        WriteOptions.replace(size),
        WriteOptions.staged(size),
        new WriteOptions(
            can(Capability.CONDITIONAL_CREATE) ? WriteMode.CREATE : WriteMode.REPLACE, size, true));
  }

  private void leavesNothing() {
    assertThat(store().stat(path("folder/file"))).isEmpty();
    if (store().stat(path("folder")).isPresent()) {
      assertThat(namesIn(path("folder"))).isEmpty();
    }
  }

  private static InputStream breaking(byte[] first, Exception then) {
    InputStream broken =
        new InputStream() {
          @Override
          public int read() throws IOException {
            if (then instanceof IOException io) {
              throw io;
            }
            throw (RuntimeException) then;
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(first), broken);
  }

  @Test
  default void a_short_source_leaves_nothing() {
    for (int announced : new int[] {1, 1_001, 600_001}) {
      for (WriteOptions options : allWays(announced)) {
        InputStream source = new ByteArrayInputStream(bytes(9, announced - 1));
        assertThat(codeOf(() -> store().write(path("folder/file"), source, options)))
            .isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
        leavesNothing();
      }
    }
  }

  @Test
  default void a_long_source_leaves_nothing() {
    for (int announced : new int[] {0, 1_000, 600_000}) {
      for (WriteOptions options : allWays(announced)) {
        InputStream source = new ByteArrayInputStream(bytes(10, announced + 1));
        assertThat(codeOf(() -> store().write(path("folder/file"), source, options)))
            .isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
        leavesNothing();
      }
    }
  }

  @Test
  default void a_source_that_breaks_leaves_nothing() {
    for (WriteOptions options : allWays(2_000_000)) {
      InputStream source = breaking(bytes(11, 900_000), new IOException("cut"));
      assertThat(codeOf(() -> store().write(path("folder/file"), source, options)))
          .isEqualTo(ErrorCode.STORE_READ_FAILED);
      leavesNothing();
    }
  }

  @Test
  default void a_failure_of_the_source_comes_through_unchanged() {
    StoreException cause = new StoreException(ErrorCode.SOURCE_CHANGED, "changed while read");
    for (WriteOptions options : allWays(2_000_000)) {
      InputStream source = breaking(bytes(12, 900_000), cause);
      assertThatThrownBy(() -> store().write(path("folder/file"), source, options)).isSameAs(cause);
      leavesNothing();
    }
  }

  @Test
  default void a_failed_replacement_leaves_the_old_object() {
    byte[] old = bytes(13, 12_345);
    put(path("file"), old);
    for (WriteOptions options :
        List.of(WriteOptions.replace(700_000), WriteOptions.staged(700_000))) {
      InputStream source = new ByteArrayInputStream(bytes(14, 600_000));
      assertThat(codeOf(() -> store().write(path("file"), source, options)))
          .isEqualTo(ErrorCode.STORE_SHORT_SOURCE);
      assertThat(get(path("file"))).isEqualTo(old);
      assertThat(namesIn(ObjectPath.BASE)).containsExactly("file");
    }
  }
}
