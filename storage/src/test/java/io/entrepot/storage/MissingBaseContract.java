// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import java.io.InputStream;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** A base that is not there is told by every verb: never an empty list, never a new base. */
public interface MissingBaseContract extends StoreExam {

  @Test
  default void a_missing_base_is_told_by_every_verb() {
    storeWithoutBase().ifPresent(this::tellsMissingBase);
  }

  private void tellsMissingBase(Store missing) {
    List<ThrowingCallable> verbs =
        List.of(
            () -> missing.stat(ObjectPath.BASE),
            () -> missing.stat(path("file")),
            () -> missing.list(ObjectPath.BASE).hasNext(),
            () -> missing.list(path("folder")).hasNext(),
            () -> missing.read(path("file"), ReadOptions.WHOLE),
            () ->
                missing.write(
                    path("a/file"), InputStream.nullInputStream(), WriteOptions.staged(0)),
            () ->
                missing.write(path("file"), InputStream.nullInputStream(), WriteOptions.replace(0)),
            () -> missing.delete(path("file")));
    try (missing) {
      for (ThrowingCallable verb : verbs) {
        assertThat(codeOf(verb)).isEqualTo(ErrorCode.STORE_ROOT_MISSING);
      }
      if (missing.capabilities().contains(Capability.PUBLISH)) {
        List<Renaming> one = List.of(new Renaming(path("from"), path("to")));
        assertThat(codeOf(() -> missing.publish(one))).isEqualTo(ErrorCode.STORE_ROOT_MISSING);
      }
      assertThat(codeOf(() -> missing.stat(ObjectPath.BASE)))
          .isEqualTo(ErrorCode.STORE_ROOT_MISSING);
    }
  }
}
