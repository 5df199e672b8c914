// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Servers whose file systems name things as no path here can. */
final class ListedNamesTest {

  private static final int FILE_MODE = 0x8000;

  private static Fields page(String... names) {
    ByteBuffer page = ByteBuffer.allocate(4096).putInt(names.length);
    for (String name : names) {
      byte[] bytes = name.getBytes(StandardCharsets.UTF_8);
      page.putInt(bytes.length).put(bytes).putInt(0);
      page.putInt(Packet.HAS_PERMISSIONS).putInt(FILE_MODE);
    }
    return new Fields(page.flip());
  }

  @Test
  void a_name_that_is_too_long_is_refused_and_those_beside_it_are_listed() {
    ListedNames names = new ListedNames(new ObjectPath("folder"));
    names.add(page(".", "a", "ü".repeat(128), "a/b", "b", ".."));

    List<String> listed = new ArrayList<>();
    List<ErrorCode> refused = new ArrayList<>();
    while (!names.isEmpty()) {
      StoreException refusal =
          catchThrowableOfType(
              StoreException.class,
              () -> {
                var stat = names.next();
                assertThat(stat.kind()).isEqualTo(Kind.FILE);
                listed.add(stat.path().text());
              });
      if (refusal != null) {
        refused.add(refusal.code());
      }
    }

    assertThat(listed).containsExactlyInAnyOrder("folder/a", "folder/b");
    assertThat(refused).containsExactly(ErrorCode.NAME_REFUSED, ErrorCode.NAME_REFUSED);
  }
}
