// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Json;
import io.entrepot.server.places.RemotePlace;
import io.entrepot.server.places.Transport;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Where the instruments in use are, as their rows say; what harvests them is another room. */
final class InstrumentPlaces {

  private InstrumentPlaces() {}

  record Named(String name, RemotePlace place) {}

  static List<Named> in(Database database) {
    return database
        .sql("select * from instrument where enabled = 1 and deleted_at is null order by name")
        .query((row, _) -> read(row))
        .list();
  }

  private static Named read(ResultSet row) throws SQLException {
    Map<String, @Nullable Object> given = Json.object(row.getString("transfer_config"));
    Map<String, @Nullable Object> config = given == null ? Map.of() : given;
    String account = row.getString("service_account_id");
    String path = row.getString("cifs_base_path");
    return new Named(
        row.getString("name"),
        new RemotePlace(
            transport(config.get("transport")),
            row.getString("cifs_host"),
            config.get("port") instanceof Number number ? number.intValue() : 0,
            row.getString("cifs_share"),
            path == null ? "" : path,
            account == null ? null : new Id(account),
            config.get("host_key") instanceof String key ? key : null));
  }

  private static Transport transport(@Nullable Object word) {
    return Stream.of(Transport.values())
        .filter(transport -> transport.word().equals(word))
        .findFirst()
        .orElse(Transport.CIFS);
  }
}
