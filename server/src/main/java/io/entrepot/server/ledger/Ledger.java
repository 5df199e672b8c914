// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.custody.CustodyCodec;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.server.database.Database;
import io.entrepot.server.ledger.LedgerTable.Row;
import java.util.ArrayList;
import java.util.List;

/** The custody stream: what happened to every version of every file. */
public final class Ledger {

  private final LedgerTable table;
  private final IdSource ids;

  public Ledger(Database database, IdSource ids) {
    this.table = new LedgerTable(database);
    this.ids = ids;
  }

  /**
   * Records what the caller's transaction does; commits and vanishes with it. Cheap enough for
   * every file of a harvest when many are given at once.
   *
   * @param entries in the order they happened
   * @throws IllegalStateException outside a transaction
   */
  public void append(List<CustodyEntry> entries) {
    table.insert(
        CustodyEntry.STREAM, entries.stream().map(CustodyCodec::encode).toList(), ids::next);
  }

  /** Everything that was recorded about one file; empty when nothing was. */
  public FileStory story(Id file) {
    List<StoryEntry> entries = new ArrayList<>();
    for (Row row : table.about(CustodyEntry.STREAM, file.hex())) {
      entries.add(new StoryEntry(row.id(), row.sequence(), CustodyCodec.decode(row.content())));
    }
    return FileStory.of(entries);
  }
}
