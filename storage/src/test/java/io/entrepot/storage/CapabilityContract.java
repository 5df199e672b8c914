// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static io.entrepot.storage.StoreExam.bytes;
import static io.entrepot.storage.StoreExam.codeOf;
import static io.entrepot.storage.StoreExam.path;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import java.io.ByteArrayInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;

/** Each {@link Capability} but PUBLISH: declared it works, undeclared it refuses. */
public interface CapabilityContract extends StoreExam {

  @Test
  default void conditional_create_refuses_an_occupied_name() {
    byte[] content = {1, 2, 3};
    if (!can(Capability.CONDITIONAL_CREATE)) {
      assertThat(codeOf(() -> create("file", content))).isEqualTo(ErrorCode.NOT_SUPPORTED);
      assertThat(store().stat(path("file"))).isEmpty();
      return;
    }
    create("file", content);
    assertThat(codeOf(() -> create("file", new byte[9]))).isEqualTo(ErrorCode.ALREADY_EXISTS);
    assertThat(get(path("file"))).isEqualTo(content);
    assertThat(namesIn(ObjectPath.BASE)).containsExactly("file");
  }

  private void create(String name, byte[] content) {
    store()
        .write(path(name), new ByteArrayInputStream(content), WriteOptions.create(content.length));
  }

  @Test
  default void modified_times_are_kept() {
    put(path("file"), new byte[1]);
    for (String time : new String[] {"2001-02-03T04:05:06Z", "2040-12-31T23:59:59Z"}) {
      Instant modified = Instant.parse(time);
      if (!can(Capability.SET_MODIFIED)) {
        assertThat(codeOf(() -> store().setModified(path("file"), modified)))
            .isEqualTo(ErrorCode.NOT_SUPPORTED);
        return;
      }
      store().setModified(path("file"), modified);
      assertThat(store().stat(path("file")).orElseThrow().modified())
          .isCloseTo(modified, within(1, ChronoUnit.SECONDS));
    }
    assertThat(codeOf(() -> store().setModified(path("absent"), Instant.EPOCH)))
        .isEqualTo(ErrorCode.STORE_NOT_FOUND);
  }

  @Test
  default void a_digest_is_of_the_bytes_held() throws NoSuchAlgorithmException {
    byte[] content = bytes(20, 100_000);
    put(path("file"), content);
    if (!can(Capability.SERVER_DIGEST)) {
      assertThat(codeOf(() -> store().digest(path("file"), DigestAlgorithm.SHA256)))
          .isEqualTo(ErrorCode.NOT_SUPPORTED);
      return;
    }
    byte[] expected = MessageDigest.getInstance("SHA-256").digest(content);
    try {
      assertThat(store().digest(path("file"), DigestAlgorithm.SHA256))
          .isEqualTo(new Digest(DigestAlgorithm.SHA256, HexFormat.of().formatHex(expected)));
    } catch (StoreException e) {
      assertThat(e.code()).isEqualTo(ErrorCode.NOT_SUPPORTED);
    }
  }

  @Test
  default void an_empty_folder_stays_where_folders_exist() {
    put(path("folder/file"), new byte[1]);
    store().delete(path("folder/file"));
    assertThat(store().stat(path("folder")).isPresent()).isEqualTo(can(Capability.FOLDERS));
  }

  @Test
  default void a_fingerprint_shows_a_change_that_size_and_time_hide() {
    if (!can(Capability.FINGERPRINT)) {
      return;
    }
    ObjectStat before = put(path("file"), new byte[] {1});
    assertThat(before.fingerprint()).isNotEmpty();
    put(path("file"), new byte[] {2});
    if (can(Capability.SET_MODIFIED)) {
      store().setModified(path("file"), before.modified());
    }
    ObjectStat after = store().stat(path("file")).orElseThrow();
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
  }
}
