// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.Block;
import io.entrepot.custody.BlockHeader;
import io.entrepot.custody.BlockName;
import io.entrepot.custody.EntryContent;
import io.entrepot.custody.EntryRange;
import io.entrepot.custody.LedgerEntry;
import io.entrepot.custody.LedgerHasher;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * A ledger in its tables, on a connection of the caller's.
 *
 * <p>The connection should be read-only and inside one repeatable-read transaction, so that all
 * answers are of one moment; on PostgreSQL rows are fetched piecemeal only inside a transaction.
 */
public final class JdbcLedgerSource implements LedgerSource {

  private static final String BLOCKS =
      "select number, first_sequence, entry_count, root, previous, closed, hash, leaves"
          + " from ledger_block where stream = ? order by number";
  private static final String ENTRIES =
      "select sequence, time, kind, subject, payload"
          + " from ledger_entry where stream = ? and sequence is not null order by sequence";

  /** A block's row can hold 320 kB of leaves. */
  private static final int BLOCKS_AT_A_TIME = 16;

  private static final int ENTRIES_AT_A_TIME = 2_000;

  private final Connection connection;

  public JdbcLedgerSource(Connection connection) {
    this.connection = connection;
  }

  @Override
  public Set<String> streams() {
    String text = "select stream from ledger_block union select stream from ledger_entry";
    return new TreeSet<>(list(text, rows -> rows.getString(1)));
  }

  @Override
  public Stream<Block> blocks(String stream) {
    return JdbcRows.stream(
        statement(BLOCKS, stream), BLOCKS_AT_A_TIME, rows -> block(stream, rows));
  }

  @Override
  public Stream<LedgerEntry> entries(String stream) {
    return JdbcRows.stream(
        statement(ENTRIES, stream), ENTRIES_AT_A_TIME, rows -> entry(stream, rows));
  }

  @Override
  public long pending(String stream) {
    String text = "select count(*) from ledger_entry where stream = ? and sequence is null";
    try (Stream<Long> count =
        JdbcRows.stream(statement(text, stream), 1, rows -> rows.getLong(1))) {
      return count.findFirst().orElseThrow();
    }
  }

  @Override
  public List<CheckpointText> checkpoints() {
    String text = "select stream, hour, content from ledger_checkpoint order by stream, hour";
    return list(
        text,
        rows ->
            new CheckpointText(
                "the database (stream " + rows.getString(1) + ", hour " + rows.getLong(2) + ")",
                String.valueOf(rows.getString(3))));
  }

  private static Block block(String stream, ResultSet rows) throws SQLException {
    long number = rows.getLong("number");
    try {
      EntryRange range =
          new EntryRange(rows.getLong("first_sequence"), rows.getLong("entry_count"));
      BlockHeader header =
          new BlockHeader(
              new BlockName(stream, number),
              range,
              LedgerHasher.digest(rows.getBytes("root")),
              LedgerHasher.digest(rows.getBytes("previous")),
              rows.getLong("closed"));
      byte[] leaves = rows.getBytes("leaves");
      return new Block(header, LedgerHasher.digest(rows.getBytes("hash")), leaves.clone());
    } catch (IllegalArgumentException | NullPointerException e) {
      throw new MalformedRowException("the row holds values no block can have", e);
    }
  }

  private static LedgerEntry entry(String stream, ResultSet rows) throws SQLException {
    long sequence = rows.getLong(1);
    String kind = rows.getString(3);
    String subject = rows.getString(4);
    byte[] payload = rows.getBytes(5);
    if (kind == null || subject == null || payload == null) {
      IllegalArgumentException cause = new IllegalArgumentException("null");
      throw new MalformedRowException("the row has an empty field", cause);
    }
    EntryContent content = new EntryContent(rows.getLong(2), kind, subject, payload);
    return new LedgerEntry(stream, sequence, content);
  }

  private <T> List<T> list(String text, JdbcRows.Mapper<T> mapper) {
    try (PreparedStatement statement = connection.prepareStatement(text);
        ResultSet rows = statement.executeQuery()) {
      List<T> found = new ArrayList<>();
      while (rows.next()) {
        found.add(mapper.map(rows));
      }
      return found;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  private PreparedStatement statement(String text, String stream) {
    try {
      PreparedStatement statement = connection.prepareStatement(text);
      statement.setString(1, stream);
      return statement;
    } catch (SQLException e) {
      throw unreadable(e);
    }
  }

  static EntrepotException unreadable(SQLException e) {
    String message =
        "The ledger's tables could not be read: " + e.getMessage() + ". Nothing was judged.";
    return new EntrepotException(ErrorCode.STORE_READ_FAILED, message, e);
  }
}
