// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import java.time.InstantSource;
import java.util.Optional;

/**
 * The host keys that were believed at first sight. From then on the machine must show the same one;
 * an explicit key in a service account or an instrument's transfer settings goes before.
 */
final class HostKeys {

  private final Database database;
  private final InstantSource clock;

  HostKeys(Database database, InstantSource clock) {
    this.database = database;
    this.clock = clock;
  }

  Optional<String> of(String host, int port) {
    return database
        .sql("select host_key from known_host where host = ? and port = ?")
        .params(host, port)
        .query((row, _) -> row.getString(1))
        .optional();
  }

  void remember(String host, int port, String key) {
    database.write(
        () ->
            database
                .sql(
                    """
                    insert into known_host (host, port, host_key, seen_at) values (?, ?, ?, ?)
                    on conflict (host, port) do nothing
                    """)
                .params(host, port, key, Micros.of(clock.instant()))
                .update());
  }
}
