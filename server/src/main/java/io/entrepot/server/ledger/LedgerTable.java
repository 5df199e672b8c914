// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Id;
import io.entrepot.custody.Block;
import io.entrepot.custody.BlockHeader;
import io.entrepot.custody.EntryContent;
import io.entrepot.custody.LedgerHasher;
import io.entrepot.custody.LedgerHead;
import io.entrepot.server.database.Database;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** SQL access to entries and blocks. */
final class LedgerTable {

  /**
   * An entry as it is kept.
   *
   * @param sequence absent until it is sealed
   */
  record Row(Id id, EntryContent content, @Nullable Long sequence) {}

  private static final String INSERT =
      "insert into ledger_entry (stream, id, time, kind, subject, payload";
  private static final String COLUMNS =
      "select id, time, kind, subject, payload, sequence from ledger_entry ";

  /**
   * Ids are in order for as long as one server lives; what is not sealed yet came last. The stream
   * is asked for in a way that no index serves, or SQLite would go over all of it.
   */
  static final String ABOUT =
      COLUMNS
          + "where subject = ? and stream || '' = ?"
          + " order by case when sequence is null then 1 else 0 end, sequence, id";

  private final Database database;

  LedgerTable(Database database) {
    this.database = database;
  }

  /** A null among the parameters of a batch is dear, so rows without an actor do not name it. */
  void insert(String stream, List<EntryContent> contents, Supplier<Id> ids) {
    List<Object[]> rows = new ArrayList<>(contents.size());
    for (EntryContent content : contents) {
      rows.add(parameters(stream, ids.get(), content));
    }
    database.batch(INSERT + ") values (?, ?, ?, ?, ?, ?)", rows);
  }

  void insert(String stream, Id id, EntryContent content, Id actor) {
    List<Object> parameters = new ArrayList<>(List.of(parameters(stream, id, content)));
    parameters.add(actor.hex());
    database.batch(
        INSERT + ", actor) values (?, ?, ?, ?, ?, ?, ?)", List.<Object[]>of(parameters.toArray()));
  }

  private static Object[] parameters(String stream, Id id, EntryContent content) {
    return new Object[] {
      stream, id.hex(), content.micros(), content.kind(), content.subject(), content.payload()
    };
  }

  /** Everybody else who would seal this stream waits until the transaction has ended. */
  void claim(String stream) {
    database
        .sql("update ledger_stream set closings = closings + 1 where stream = ?")
        .param(stream)
        .update();
  }

  boolean hasPending(String stream) {
    return database
        .sql("select 1 from ledger_entry where stream = ? and sequence is null limit 1")
        .param(stream)
        .query(Integer.class)
        .optional()
        .isPresent();
  }

  /** The oldest entries without a number. */
  List<Row> pending(String stream, int limit) {
    return database
        .sql(COLUMNS + "where stream = ? and sequence is null order by id limit ?")
        .params(stream, limit)
        .query(LedgerTable::row)
        .list();
  }

  void number(String stream, List<Row> rows, long first) {
    List<Object[]> parameters = new ArrayList<>(rows.size());
    for (Row row : rows) {
      parameters.add(new Object[] {first + parameters.size(), stream, row.id().hex()});
    }
    database.batch("update ledger_entry set sequence = ? where stream = ? and id = ?", parameters);
  }

  LedgerHead head(String stream) {
    return database
        .sql(
            "select number, first_sequence + entry_count - 1 as entries, hash from ledger_block"
                + " where stream = ? order by number desc limit 1")
        .param(stream)
        .query((rows, _) -> head(stream, rows))
        .optional()
        .orElse(LedgerHead.empty(stream));
  }

  /** How far the stream had come when this block was its last. */
  Optional<LedgerHead> headAt(String stream, long block) {
    return database
        .sql(
            "select number, first_sequence + entry_count - 1 as entries, hash from ledger_block"
                + " where stream = ? and number = ?")
        .params(stream, block)
        .query((rows, _) -> head(stream, rows))
        .optional();
  }

  void insert(Block block) {
    BlockHeader header = block.header();
    database
        .sql(
            "insert into ledger_block (stream, number, first_sequence, entry_count, root, previous,"
                + " closed, hash, leaves) values (?, ?, ?, ?, ?, ?, ?, ?, ?)")
        .params(
            header.name().stream(),
            header.name().number(),
            header.entries().first(),
            header.entries().count(),
            LedgerHasher.bytes(header.root()),
            LedgerHasher.bytes(header.previous()),
            header.closedMicros(),
            LedgerHasher.bytes(block.hash()),
            block.leaves())
        .update();
  }

  /** Everything about one subject, oldest first. */
  List<Row> about(String stream, String subject) {
    return database.sql(ABOUT).params(subject, stream).query(LedgerTable::row).list();
  }

  private static LedgerHead head(String stream, ResultSet rows) throws SQLException {
    return new LedgerHead(
        stream, rows.getLong(2), rows.getLong(1), LedgerHasher.digest(rows.getBytes(3)));
  }

  static Row row(ResultSet rows, int index) throws SQLException {
    EntryContent content =
        new EntryContent(rows.getLong(2), rows.getString(3), rows.getString(4), rows.getBytes(5));
    long number = rows.getLong(6);
    Long sequence = rows.wasNull() ? null : number;
    return new Row(new Id(rows.getString(1)), content, sequence);
  }
}
