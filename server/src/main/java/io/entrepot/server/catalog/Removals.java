// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.Instant;
import java.util.List;
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
