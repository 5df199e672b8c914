// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.CustodyEntry.Cause;
import io.entrepot.custody.CustodyEntry.Content;
import io.entrepot.custody.CustodyEntry.FileVersion;
import io.entrepot.custody.CustodyEntry.Route;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.custody.verify.Anchors;
import io.entrepot.custody.verify.JdbcLedgerSource;
import io.entrepot.custody.verify.LedgerReport;
import io.entrepot.custody.verify.LedgerVerifier;
import io.entrepot.server.TestFolders;
import io.entrepot.server.database.Database;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A ledger over a database of a test, with a clock that the test moves. */
final class TestHouse implements AutoCloseable {

  final Path data;
  final Database database;
  final IdSource ids;
  final Ledger ledger;
  final AuditLog audit;
  final LedgerCloser closer;
  Instant now = Instant.parse("2026-03-04T05:06:07Z");

  TestHouse(Database database) {
    this.database = database;
    this.data = TestFolders.create("ledger");
    SecureRandom random = new SecureRandom();
    this.ids = new IdSource(() -> now, random);
    this.ledger = new Ledger(database, ids);
    this.audit = new AuditLog(database, ids, () -> now);
    this.closer = LedgerWiring.closer(database, data, random, () -> now);
  }

  void pass(Duration time) {
    now = now.plus(time);
  }

  /** A copy of the file's first version at this place, as an entry. */
  CustodyEntry entry(CustodyEvent event, Id file, String to) {
    Digest sha256 = new Digest(DigestAlgorithm.SHA256, "ab".repeat(32));
    Digest xxh64 = new Digest(DigestAlgorithm.XXH64, "cd".repeat(8));
    return new CustodyEntry(
        event,
        new FileVersion(file, 1),
        new Content(1234, List.of(xxh64, sha256)),
        new Route("instrument:/run 1/a.raw", to),
        new Cause(now, "0".repeat(24), "1".repeat(24), ""));
  }

  List<CustodyEntry> copies(int count) {
    List<CustodyEntry> entries = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      entries.add(entry(CustodyEvent.COPIED, ids.nextForFile(), "store:/a/" + i + ".raw"));
    }
    return entries;
  }

  void append(int count) {
    List<CustodyEntry> entries = copies(count);
    database.write(() -> ledger.append(entries));
  }

  LedgerReport verify(Anchors anchors) {
    try (Connection connection = database.schedulerSource().getConnection()) {
      connection.setAutoCommit(false);
      LedgerReport report = new LedgerVerifier(new JdbcLedgerSource(connection), anchors).verify();
      connection.rollback();
      return report;
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
