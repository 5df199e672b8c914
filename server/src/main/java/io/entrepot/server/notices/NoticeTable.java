// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** SQL access to notices. */
final class NoticeTable {

  private static final int MOST = 50;
  private static final String OF_ACCOUNT = " where account_id = ? and dismissed_at is null";

  private final Database database;

  NoticeTable(Database database) {
    this.database = database;
  }

  void insert(Notice notice) {
    database
        .sql(
            """
            insert into notice (id, account_id, kind, title, message, link, created_at)
            values (?, ?, ?, ?, ?, ?, ?)
            """)
        .param(notice.id().hex())
        .param(notice.account().hex())
        .param(notice.kind())
        .param(notice.title())
        .param(notice.message())
        .param(notice.link())
        .param(Micros.of(notice.createdAt()))
        .update();
  }

  Optional<Notice> find(Id account, Id id) {
    return database
        .sql("select * from notice" + OF_ACCOUNT + " and id = ?")
        .params(account.hex(), id.hex())
        .query(NoticeTable::read)
        .optional();
  }

  List<Notice> list(Id account) {
    return database
        .sql(
            "select * from notice"
                + OF_ACCOUNT
                + " order by case when read_at is null then 0 else 1 end, id desc limit ?")
        .params(account.hex(), MOST)
        .query(NoticeTable::read)
        .list();
  }

  long unread(Id account) {
    return database
        .sql("select count(*) from notice" + OF_ACCOUNT + " and read_at is null")
        .param(account.hex())
        .query(Long.class)
        .single();
  }

  void markRead(Id account, Id id, Instant now) {
    database
        .sql("update notice set read_at = ?" + OF_ACCOUNT + " and id = ? and read_at is null")
        .params(Micros.of(now), account.hex(), id.hex())
        .update();
  }

  void markAllRead(Id account, Instant now) {
    database
        .sql("update notice set read_at = ?" + OF_ACCOUNT + " and read_at is null")
        .params(Micros.of(now), account.hex())
        .update();
  }

  boolean dismiss(Id account, Id id, Instant now) {
    return database
            .sql("update notice set dismissed_at = ?" + OF_ACCOUNT + " and id = ?")
            .params(Micros.of(now), account.hex(), id.hex())
            .update()
        == 1;
  }

  private static Notice read(ResultSet row, int number) throws SQLException {
    return new Notice(
        new Id(row.getString("id")),
        new Id(row.getString("account_id")),
        row.getString("kind"),
        row.getString("title"),
        row.getString("message"),
        row.getString("link"),
        Micros.instant(row.getLong("created_at")),
        Micros.instantOrNull((Number) row.getObject("read_at")));
  }
}
