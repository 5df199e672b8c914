// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.database.Json;
import io.entrepot.server.harvest.hooks.HookSubject;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A file that is on record and about to be copied.
 *
 * @param attempt 1 for the first on this version and storage location
 * @param tries how many attempts failed before this one that count towards giving up
 * @param metadata what is known about the file, a JSON object
 * @param target where the copy goes, below the location's base path
 * @param leftover what earlier attempts may have left there
 * @param xxhash XXH64 of the version on record, where a copy of it was proved somewhere
 */
record Planned(
    Id file,
    int version,
    Id transfer,
    int attempt,
    int tries,
    ObjectStat stat,
    String metadata,
    ObjectPath target,
    Leftover leftover,
    @Nullable String xxhash) {

  /** The same, under another record. */
  Planned under(Id record, int number) {
    return new Planned(
        file, version, record, number, tries, stat, metadata, target, leftover, xxhash);
  }

  Planned afterTries(int failed) {
    return new Planned(
        file, version, transfer, attempt, failed, stat, metadata, target, leftover, xxhash);
  }

  HookSubject subject() {
    Map<String, @Nullable Object> known = Json.object(metadata);
    return HookSubject.of(stat.path().text(), stat.size(), known == null ? Map.of() : known);
  }
}
