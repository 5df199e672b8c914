// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.TestIds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PortableListingTest {

  @TempDir Path base;

  @Test
  void a_name_that_cannot_be_spelled_is_refused_and_those_beside_it_are_listed()
      throws IOException {
    for (String name : List.of("a", "of raw bytes \uef80", "b")) {
      Files.createFile(base.resolve(name));
    }

    List<String> listed = new ArrayList<>();
    List<StoreException> refused = new ArrayList<>();
    try (Store store = new PortableStore(new LocalSettings(base), TestIds.NEW);
        FolderListing listing = store.list(ObjectPath.BASE)) {
      while (listing.hasNext()) {
        listing.nextUnlessRefused(refused::add).ifPresent(found -> listed.add(found.path().text()));
      }
    }

    assertThat(listed).containsExactlyInAnyOrder("a", "b");
    assertThat(refused).extracting(StoreException::code).containsExactly(ErrorCode.NAME_REFUSED);
  }
}
