// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import io.entrepot.custody.Block;
import io.entrepot.custody.BlockHeader;
import io.entrepot.custody.BlockSealer;
import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.EntryContent;
import io.entrepot.custody.LedgerHasher;
import io.entrepot.custody.LedgerHead;
import io.entrepot.custody.LedgerKey;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;

/** A data directory with a custody stream in the server's own tables. */
final class LedgerFile {

  private static final Path TABLES =
      Path.of("../server/src/main/resources/db/migration/V020__ledger.sql");

  final Path data;
  final Path database;
  final LedgerKey key = LedgerKey.generate(new SecureRandom());
  private final RandomGenerator random;
  private final BlockSealer sealer = new BlockSealer();
  private LedgerHead head = LedgerHead.empty("custody");
  private int ids;

  LedgerFile(Path data, RandomGenerator random) throws IOException, SQLException {
    this.data = data;
    this.random = random;
    this.database = data.resolve("entrepot.db");
    Files.createDirectories(data.resolve("checkpoints"));
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(data.resolve("keys/ledger.pub"), key.publicKey().toPem());
    execute("pragma journal_mode = wal");
    String text = Files.readString(TABLES).replaceAll("(?m)^--.*$", "");
    for (String statement : text.split(";", -1)) {
      if (!statement.isBlank()) {
        execute(statement);
      }
    }
  }

  void execute(String sql) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection("jdbc:sqlite:" + database);
  }

  long entries() {
    return head.entries();
  }

  void append(int count) throws SQLException {
    List<EntryContent> contents = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      byte[] payload = new byte[150];
      random.nextBytes(payload);
      contents.add(new EntryContent(random.nextLong(), "copied", "file" + ids++, payload));
    }
    Block block = sealer.seal(head, contents, 1_700_000_000_000_000L + head.block());
    try (Connection connection = connect()) {
      connection.setAutoCommit(false);
      insert(connection, block.header().entries().first(), contents);
      insert(connection, block);
      connection.commit();
    }
    head = block.head();
  }

  private void insert(Connection connection, long first, List<EntryContent> contents)
      throws SQLException {
    String sql =
        "insert into ledger_entry (stream, id, sequence, time, kind, subject, payload)"
            + " values ('custody', ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      long sequence = first;
      for (EntryContent content : contents) {
        insert.setString(1, "%024x".formatted(sequence));
        insert.setLong(2, sequence++);
        insert.setLong(3, content.micros());
        insert.setString(4, content.kind());
        insert.setString(5, content.subject());
        insert.setBytes(6, content.payload());
        insert.addBatch();
      }
      insert.executeBatch();
    }
  }

  private static void insert(Connection connection, Block block) throws SQLException {
    BlockHeader header = block.header();
    String sql = "insert into ledger_block values ('custody', ?, ?, ?, ?, ?, ?, ?, ?)";
    try (PreparedStatement insert = connection.prepareStatement(sql)) {
      insert.setLong(1, header.name().number());
      insert.setLong(2, header.entries().first());
      insert.setLong(3, header.entries().count());
      insert.setBytes(4, LedgerHasher.bytes(header.root()));
      insert.setBytes(5, LedgerHasher.bytes(header.previous()));
      insert.setLong(6, header.closedMicros());
      insert.setBytes(7, LedgerHasher.bytes(block.hash()));
      insert.setBytes(8, block.leaves());
      insert.executeUpdate();
    }
  }

  /** Writes a checkpoint to a file of this name in the data directory. */
  Path checkpoint(String name) throws IOException {
    String text = key.sign(new Checkpoint(head, 1_763_000_000_000_000L)).text();
    return Files.writeString(data.resolve(name), text);
  }
}
