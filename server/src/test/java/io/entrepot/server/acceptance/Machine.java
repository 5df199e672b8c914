// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.id;
import static io.entrepot.server.acceptance.HarvestFixture.json;
import static io.entrepot.server.acceptance.HarvestFixture.map;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import io.entrepot.server.TestServer;
import io.entrepot.storage.peer.OpensshServer;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** What a server has around it: its neighbours, its disk and what lies between it and a browser. */
public final class Machine {

  private static final int OK = 200;
  private static final int NOT_FOUND = 404;

  private Machine() {}

  /** Joins the two folders by an instrument, a storage location and a schedule, and harvests. */
  public static void harvestOnce(TestServer server, Path source, Path store) {
    HarvestFixture fixture = new HarvestFixture(server, Objects.requireNonNull(source.getParent()));
    String instrument = fixture.instrument("microscope", source, "stability_seconds", 0);
    String storage = fixture.storage(store);
    fixture.completed(fixture.trigger(fixture.schedule(instrument, storage)));
  }

  /** A disk of a few MiB in an empty folder, until it is closed. */
  public static AutoCloseable smallDisk(Path root) {
    return SmallDisk.mount(root, 4);
  }

  /** Stands between a server and its callers. */
  public record Proxy(HttpServer server) implements AutoCloseable {

    /** Answers one path with this and knows no other. */
    public static Proxy answering(String path, String text) throws IOException {
      return start(
          exchange ->
              answer(
                  exchange,
                  exchange.getRequestURI().getPath().equals(path) ? OK : NOT_FOUND,
                  text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Passes an answer on when it has the whole of it. */
    public static Proxy collecting(URI behind) throws IOException {
      return start(
          exchange -> {
            HttpURLConnection asked =
                (HttpURLConnection)
                    behind.resolve(exchange.getRequestURI().getPath()).toURL().openConnection();
            try (InputStream in = asked.getInputStream()) {
              exchange.getResponseHeaders().set("Content-Type", asked.getContentType());
              answer(exchange, asked.getResponseCode(), in.readAllBytes());
            }
          });
    }

    private static Proxy start(HttpHandler handler) throws IOException {
      HttpServer server =
          HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
      server.createContext("/", handler);
      server.start();
      return new Proxy(server);
    }

    private static void answer(HttpExchange exchange, int status, byte[] body) throws IOException {
      exchange.sendResponseHeaders(status, body.length);
      exchange.getResponseBody().write(body);
      exchange.close();
    }

    public URI address() {
      return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    @Override
    public void close() {
      server.stop(0);
    }
  }

  /** An OpenSSH server that holds an instrument's files. */
  public record Sshd(OpensshServer server, Path folder) implements AutoCloseable {

    public static Sshd start(Path folder) throws IOException {
      return new Sshd(OpensshServer.start(Files.createDirectory(folder.resolve("sshd"))), folder);
    }

    public int port() {
      return server.port();
    }

    /** An instrument that is reached through it. */
    public void addInstrument(TestServer entrepot) throws IOException {
      Path files = Files.createDirectory(folder.resolve("remote"));
      String account =
          id(
              entrepot
                  .admin()
                  .post(
                      "/api/service-accounts",
                      json(
                          "name",
                          "account",
                          "username",
                          server.user(),
                          "auth_type",
                          "ssh_key",
                          "private_key",
                          server.privateKey())));
      id(
          entrepot
              .admin()
              .post(
                  "/api/instruments",
                  json(
                      "name",
                      "remote",
                      "cifs_host",
                      "127.0.0.1",
                      "cifs_share",
                      "",
                      "cifs_base_path",
                      files.toString(),
                      "service_account_id",
                      account,
                      "transfer_config",
                      map("transport", "sftp", "port", server.port()))));
    }

    @Override
    public void close() {
      server.close();
    }
  }
}
