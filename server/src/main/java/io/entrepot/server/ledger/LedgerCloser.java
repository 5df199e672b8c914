// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.custody.AuditEntry;
import io.entrepot.custody.Block;
import io.entrepot.custody.BlockSealer;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.LedgerHead;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.ledger.LedgerTable.Row;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/**
 * Numbers and seals what is pending. Any number of closers, here and on other nodes, may work at
 * once: they wait for each other.
 */
final class LedgerCloser {

  /** What was sealed longer ago than this is always under a checkpoint. */
  static final Duration CHECKPOINT_AGE = Duration.ofMinutes(1);

  private static final List<String> STREAMS = List.of(CustodyEntry.STREAM, AuditEntry.STREAM);

  private final Database database;
  private final LedgerTable table;
  private final Checkpoints checkpoints;
  private final InstantSource clock;

  LedgerCloser(Database database, Checkpoints checkpoints, InstantSource clock) {
    this.database = database;
    this.table = new LedgerTable(database);
    this.checkpoints = checkpoints;
    this.clock = clock;
  }

  /** Seals all that is pending and signs a checkpoint where one is due. */
  void closeAndSignWhenDue() {
    close();
    STREAMS.forEach(stream -> checkpoints.sign(stream, clock.instant(), CHECKPOINT_AGE));
  }

  /** Seals all that is pending and signs it. */
  void closeAndSign() {
    close();
    STREAMS.forEach(stream -> checkpoints.sign(stream, clock.instant(), Duration.ZERO));
  }

  private void close() {
    for (String stream : STREAMS) {
      while (table.hasPending(stream) && closeOne(stream) == BlockSealer.ENTRIES_AT_MOST) {
        // A full block: there may be more.
      }
    }
  }

  private int closeOne(String stream) {
    return database.write(
        () -> {
          table.claim(stream);
          List<Row> rows = table.pending(stream, BlockSealer.ENTRIES_AT_MOST);
          if (!rows.isEmpty()) {
            seal(table.head(stream), rows);
          }
          return rows.size();
        });
  }

  private void seal(LedgerHead head, List<Row> rows) {
    long now = Micros.of(clock.instant());
    Block block = new BlockSealer().seal(head, rows.stream().map(Row::content).toList(), now);
    table.number(head.stream(), rows, block.header().entries().first());
    table.insert(block);
  }
}
