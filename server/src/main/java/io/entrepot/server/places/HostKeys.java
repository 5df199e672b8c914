// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.sftp.HostKeyPin;
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

  /**
   * @throws StoreException {@code STORE_HOST_KEY_CHANGED} when another one was believed meanwhile,
   *     which then stays the one to show
   */
  void remember(String host, int port, String key) {
    String believed = database.write(() -> firstOf(host, port, key));
    if (!believed.equals(key)) {
      throw new StoreException(
          ErrorCode.STORE_HOST_KEY_CHANGED,
          host
              + ":"
              + port
              + " shows the host key "
              + new HostKeyPin(key).fingerprint()
              + ", but another connection has just been shown "
              + new HostKeyPin(believed).fingerprint()
              + ". No login was tried. Ask the server's administrator which one is right, and store"
              + " that as host_key.");
    }
  }

  private String firstOf(String host, int port, String key) {
    database
        .sql(
            """
                    insert into known_host (host, port, host_key, seen_at) values (?, ?, ?, ?)
                    on conflict (host, port) do nothing
                    """)
        .params(host, port, key, Micros.of(clock.instant()))
        .update();
    return of(host, port).orElseThrow();
  }
}
