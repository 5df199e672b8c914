// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.CidrBlock;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.database.Slice;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** SQL access to API keys. */
final class ApiKeyTable {

  /** A key that still counts, with the account whose it is. */
  record Found(ApiKey key, Account account) {}

  private static final String KEYS =
      " from api_key k join account a on a.id = k.account_id where k.revoked_at is null";

  static final String COLUMNS =
      "select k.id as key_id, k.account_id as key_account, a.email as key_email, k.name as key_name,"
          + " k.prefix as key_prefix, k.scope as key_scope, k.doors as key_doors, k.networks as key_networks,"
          + " k.created_at as key_created, k.expires_at as key_expires,"
          + " k.last_used_at as key_used, k.last_used_address as key_address";

  private static final Map<String, String> SORTED =
      Map.of(
          "name", "k.name",
          "created_at", "k.created_at",
          "expires_at", "k.expires_at",
          "last_used_at", "k.last_used_at",
          "owner", "a.email");

  private final Database database;

  ApiKeyTable(Database database) {
    this.database = database;
  }

  void insert(ApiKey key, String tokenHash) {
    database
        .sql(
            """
            insert into api_key
              (id, account_id, name, prefix, token_hash, scope, doors, networks, created_at,
               expires_at)
            values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
            """)
        .param(key.id().hex())
        .param(key.owner().account().hex())
        .param(key.name())
        .param(key.prefix())
        .param(tokenHash)
        .param(key.limits().scope().word())
        .param(words(key.limits().doors()))
        .param(texts(key.limits().networks()))
        .param(Micros.of(key.createdAt()))
        .param(Micros.ofNullable(key.limits().expiresAt()))
        .update();
  }

  void rename(Id id, String name) {
    database.sql("update api_key set name = ? where id = ?").params(name, id.hex()).update();
  }

  /** False for one that was revoked before. */
  boolean revoke(Id id, Instant now) {
    return database
            .sql("update api_key set revoked_at = ? where id = ? and revoked_at is null")
            .params(Micros.of(now), id.hex())
            .update()
        == 1;
  }

  void used(Id id, ApiKey.Use use) {
    database
        .sql("update api_key set last_used_at = ?, last_used_address = ? where id = ?")
        .params(Micros.of(use.at()), use.address(), id.hex())
        .update();
  }

  Optional<Found> findByToken(String tokenHash, Instant now) {
    return database
        .sql(
            COLUMNS
                + ", a.*"
                + KEYS
                + " and k.token_hash = ? and (k.expires_at is null or k.expires_at > ?)"
                + " and a.active = 1 and a.deleted_at is null")
        .params(tokenHash, Micros.of(now))
        .query((row, number) -> new Found(read(row, number), AccountTable.read(row, number)))
        .optional();
  }

  /** Empty for one that was revoked. */
  Optional<ApiKey> find(Id id) {
    return database
        .sql(COLUMNS + KEYS + " and k.id = ?")
        .param(id.hex())
        .query(ApiKeyTable::read)
        .optional();
  }

  /**
   * @param owner null for the keys of everybody
   */
  Slice.Part<ApiKey> list(@Nullable Id owner, Slice slice) {
    String which = KEYS + (owner == null ? "" : " and k.account_id = ?");
    List<Object> parameters = new ArrayList<>();
    if (owner != null) {
      parameters.add(owner.hex());
    }
    long total =
        database.sql("select count(*)" + which).params(parameters).query(Long.class).single();
    parameters.add(slice.limit());
    parameters.add(slice.skip());
    List<ApiKey> items =
        database
            .sql(
                COLUMNS
                    + which
                    + " order by "
                    + slice.orderBy(SORTED, "k.id")
                    + " limit ? offset ?")
            .params(parameters)
            .query(ApiKeyTable::read)
            .list();
    return new Slice.Part<>(items, total);
  }

  static ApiKey read(ResultSet row, int number) throws SQLException {
    Instant used = Micros.instantOrNull((Number) row.getObject("key_used"));
    return new ApiKey(
        new Id(row.getString("key_id")),
        new ApiKey.Owner(new Id(row.getString("key_account")), row.getString("key_email")),
        row.getString("key_name"),
        row.getString("key_prefix"),
        new ApiKey.Limits(
            ApiKey.Scope.valueOf(row.getString("key_scope").toUpperCase(Locale.ROOT)),
            doors(row.getString("key_doors")),
            Micros.instantOrNull((Number) row.getObject("key_expires")),
            networks(row.getString("key_networks"))),
        Micros.instant(row.getLong("key_created")),
        used == null ? null : new ApiKey.Use(used, row.getString("key_address")));
  }

  private static @Nullable String words(Set<Door> doors) {
    return doors.isEmpty() ? null : doors.stream().map(Door::word).collect(Collectors.joining(","));
  }

  private static @Nullable String texts(List<CidrBlock> networks) {
    return networks.isEmpty()
        ? null
        : networks.stream().map(CidrBlock::text).collect(Collectors.joining(","));
  }

  private static List<CidrBlock> networks(@Nullable String texts) {
    return texts == null
        ? List.of()
        : Stream.of(texts.split(",", -1)).map(CidrBlock::require).toList();
  }

  private static Set<Door> doors(@Nullable String words) {
    Set<Door> doors = EnumSet.noneOf(Door.class);
    if (words != null) {
      for (String word : words.split(",", -1)) {
        doors.add(Door.valueOf(word.toUpperCase(Locale.ROOT)));
      }
    }
    return doors;
  }
}
