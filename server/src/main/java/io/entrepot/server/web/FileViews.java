// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.harvest.instruments.Instruments;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares files for lists. */
@Component
final class FileViews {

  private final Instruments instruments;
  private final Words words;

  FileViews(Instruments instruments, Words words) {
    this.instruments = instruments;
    this.words = words;
  }

  List<FileRow> rows(List<CatalogFile> files) {
    Map<Id, String> names = new HashMap<>();
    return files.stream()
        .map(file -> row(file, names.computeIfAbsent(file.instrument(), this::instrumentName)))
        .toList();
  }

  private FileRow row(CatalogFile file, String instrument) {
    String path = file.sourcePath();
    int slash = path.lastIndexOf('/');
    return new FileRow(
        PageIds.text(file.id()),
        file.filename(),
        slash < 0 ? "" : path.substring(0, slash),
        instrument,
        file.version(),
        size(file.sizeBytes()),
        words.moment(file.versionDiscoveredAt()),
        file.sha256() == null ? Badge.waiting("Not copied yet") : Badge.ok("Proved"),
        file.persistentId());
  }

  static String size(@Nullable Long bytes) {
    return bytes == null ? "unknown" : Words.bytes(bytes);
  }

  String instrumentName(Id id) {
    try {
      return instruments.any(id).name();
    } catch (NotFoundException _) {
      return "an instrument that is gone";
    }
  }
}
