// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.SoftDeletion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SQL access to service accounts. */
final class ServiceAccountTable implements SoftDeletion.Rows<ServiceAccount> {

  private final Database database;

  ServiceAccountTable(Database database) {
    this.database = database;
  }

  void insert(ServiceAccount account, String sealed) {
    database
        .sql(
            """
            insert into service_account
              (id, name, username, domain, auth_type, secret, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(account.id().hex())
        .param(account.name())
        .param(account.username())
        .param(account.domain())
        .param(account.authType().word())
        .param(sealed)
        .param(Micros.of(account.createdAt()))
        .param(Micros.of(account.updatedAt()))
        .update();
  }

  void update(ServiceAccount account, String sealed) {
    database
        .sql(
            """
            update service_account
            set name = ?, username = ?, domain = ?, auth_type = ?, secret = ?, updated_at = ?
            where id = ?
            """)
        .param(account.name())
        .param(account.username())
        .param(account.domain())
        .param(account.authType().word())
        .param(sealed)
        .param(Micros.of(account.updatedAt()))
        .param(account.id().hex())
        .update();
  }

  @Override
  public void markDeleted(Id id, Instant now) {
    database
        .sql("update service_account set deleted_at = ?, updated_at = ? where id = ?")
        .params(Micros.of(now), Micros.of(now), id.hex())
        .update();
  }

  @Override
  public boolean unmarkDeleted(Id id, Instant now) {
    return database
            .sql(
                "update service_account set deleted_at = null, updated_at = ?"
                    + " where id = ? and deleted_at is not null")
            .params(Micros.of(now), id.hex())
            .update()
        == 1;
  }

  @Override
  public Optional<ServiceAccount> find(Id id) {
    return database
        .sql("select * from service_account where id = ?")
        .param(id.hex())
        .query(ServiceAccountTable::read)
        .optional();
  }

  String sealed(Id id) {
    return database
        .sql("select secret from service_account where id = ?")
        .param(id.hex())
        .query(String.class)
        .single();
  }

  List<ServiceAccount> list(Slice slice) {
    String which = slice.withDeleted() ? "" : " where deleted_at is null";
    return database
        .sql("select * from service_account" + which + " order by created_at, id limit ? offset ?")
        .params(slice.limit(), slice.skip())
        .query(ServiceAccountTable::read)
        .list();
  }

  private static ServiceAccount read(ResultSet row, int number) throws SQLException {
    return new ServiceAccount(
        new Id(row.getString("id")),
        row.getString("name"),
        row.getString("username"),
        row.getString("domain"),
        AuthType.valueOf(row.getString("auth_type").toUpperCase(Locale.ROOT)),
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")),
        Micros.instantOrNull((Number) row.getObject("deleted_at")));
  }
}
