// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServerSettings;
import io.entrepot.client.local.LocalServerSettings.Administrator;
import java.nio.file.Path;
import java.util.List;

/** A fresh server with a signed-in administrator. */
final class BenchServer implements AutoCloseable {

  private static final Administrator ADMINISTRATOR =
      new Administrator("bench@example.org", "bench-password-1");

  private final LocalServer server;
  private final Session session;

  private BenchServer(LocalServer server) {
    this.server = server;
    this.session = Session.open(server.address(), ADMINISTRATOR.email(), ADMINISTRATOR.password());
  }

  /**
   * @param data emptied first
   */
  static BenchServer start(Path data, List<String> jvmOptions) {
    return new BenchServer(LocalServer.start(settings(data).withJvmOptions(jvmOptions)));
  }

  /** How such a server is started. */
  static LocalServerSettings settings(Path data) {
    Folders.fresh(data);
    return LocalServerSettings.of(BenchSettings.home(), data, ADMINISTRATOR);
  }

  Harvest harvest() {
    return new Harvest(session);
  }

  Session session() {
    return session;
  }

  LocalServer process() {
    return server;
  }

  @Override
  public void close() {
    session.close();
    server.close();
  }
}
