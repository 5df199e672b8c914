// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Keeps on record, with the transfers that proved the copies, which originals are to be removed and
 * which were. Every verb runs inside the caller's transaction.
 */
public final class Removals {

  static final String INTENDED = "intended";
  private static final String DONE = "done";

  private final Database database;

  public Removals(Database database) {
    this.database = database;
  }

  /**
   * An original that stays although it was to go.
   *
   * @param retryAt when its removal is tried again; null when the next run may
   */
  public record Kept(Id transfer, ErrorCode code, String message, @Nullable Instant retryAt) {}

  /**
   * Which of these files a storage location holds no proved copy of, as its newest attempt shows. A
   * copy that was found damaged since proves nothing.
   *
   * @param versions the version that is wanted, by file; as many as fit into one question
   * @return by storage location; one that lacks none is left out
   */
  public Map<Id, Set<Id>> lacking(Map<Id, Integer> versions, Collection<Id> locations) {
    Map<Id, Set<Id>> lacking = new HashMap<>();
    if (versions.isEmpty()) {
      return lacking;
    }
    locations.forEach(location -> lacking.put(location, new HashSet<>(versions.keySet())));
    if (lacking.isEmpty()) {
      return lacking;
    }
    database
        .sql(
            "select file_id, version, storage_location_id from transfer where latest = 1"
                + " and status = 'completed' and damaged_at is null and file_id in ("
                + String.join(", ", Collections.nCopies(versions.size(), "?"))
                + ")")
        .params(versions.keySet().stream().map(Id::hex).toList())
        .query(
            row -> {
              Id file = new Id(row.getString(1));
              Set<Id> without = lacking.get(new Id(row.getString(3)));
              if (without != null && Objects.equals(versions.get(file), row.getInt(2))) {
                without.remove(file);
              }
            });
    lacking.values().removeIf(Set::isEmpty);
    return lacking;
  }

  /** To be written before anything is removed. */
  public void intended(List<Id> transfers) {
    mark(transfers, INTENDED);
  }

  public void done(List<Id> transfers) {
    mark(transfers, DONE);
  }

  private void mark(List<Id> transfers, String as) {
    database.batch(
        "update transfer set removal = ? where id = ?",
        transfers.stream().map(id -> new Object[] {as, id.hex()}).toList());
  }

  public void kept(List<Kept> originals) {
    database.batch(
        """
        update transfer set removal = null, error_code = ?, error_message = ?, retry_at = ?
        where id = ?
        """,
        originals.stream()
            .map(
                kept ->
                    new Object[] {
                      kept.code().name(),
                      kept.message(),
                      Micros.ofNullable(kept.retryAt()),
                      kept.transfer().hex()
                    })
            .toList());
  }
}
