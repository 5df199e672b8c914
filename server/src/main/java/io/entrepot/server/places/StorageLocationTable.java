// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Json;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.SoftDeletion;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** SQL access to storage locations. */
final class StorageLocationTable implements SoftDeletion.Rows<StorageLocation> {

  private final Database database;

  StorageLocationTable(Database database) {
    this.database = database;
  }

  void insert(StorageLocation location) {
    database
        .sql(
            """
            insert into storage_location
              (id, name, type, base_path, config, enabled, created_at, updated_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(location.id().hex())
        .param(location.name())
        .param(location.type().word())
        .param(location.basePath())
        .param(configText(location))
        .param(location.enabled() ? 1 : 0)
        .param(Micros.of(location.createdAt()))
        .param(Micros.of(location.updatedAt()))
        .update();
  }

  void update(StorageLocation location) {
    database
        .sql(
            """
            update storage_location
            set name = ?, type = ?, base_path = ?, config = ?, enabled = ?, updated_at = ?
            where id = ?
            """)
        .param(location.name())
        .param(location.type().word())
        .param(location.basePath())
        .param(configText(location))
        .param(location.enabled() ? 1 : 0)
        .param(Micros.of(location.updatedAt()))
        .param(location.id().hex())
        .update();
  }

  @Override
  public void markDeleted(Id id, Instant now) {
    database
        .sql("update storage_location set deleted_at = ?, enabled = 0, updated_at = ? where id = ?")
        .params(Micros.of(now), Micros.of(now), id.hex())
        .update();
  }

  @Override
  public boolean unmarkDeleted(Id id, Instant now) {
    return database
            .sql(
                "update storage_location set deleted_at = null, updated_at = ?"
                    + " where id = ? and deleted_at is not null")
            .params(Micros.of(now), id.hex())
            .update()
        == 1;
  }

  @Override
  public Optional<StorageLocation> find(Id id) {
    return database
        .sql("select * from storage_location where id = ?")
        .param(id.hex())
        .query(StorageLocationTable::read)
        .optional();
  }

  Slice.Part<StorageLocation> list(Slice slice) {
    String which = slice.withDeleted() ? "" : " where deleted_at is null";
    long total =
        database.sql("select count(*) from storage_location" + which).query(Long.class).single();
    return new Slice.Part<>(
        database
            .sql(
                "select * from storage_location"
                    + which
                    + " order by created_at, id limit ? offset ?")
            .params(slice.limit(), slice.skip())
            .query(StorageLocationTable::read)
            .list(),
        total);
  }

  private static @Nullable String configText(StorageLocation location) {
    ConnectionConfig config = location.config();
    return config == null ? null : Json.text(config.values());
  }

  private static StorageLocation read(ResultSet row, int number) throws SQLException {
    StorageType type = StorageType.ofWord(row.getString("type"));
    Map<String, @Nullable Object> values = Json.object(row.getString("config"));
    return new StorageLocation(
        new Id(row.getString("id")),
        row.getString("name"),
        type,
        row.getString("base_path"),
        values == null ? null : new ConnectionConfig(type, values),
        row.getInt("enabled") == 1,
        Micros.instant(row.getLong("created_at")),
        Micros.instant(row.getLong("updated_at")),
        Micros.instantOrNull((Number) row.getObject("deleted_at")));
  }
}
