// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** A web server that keeps what it is sent. */
public final class Receiver implements AutoCloseable {

  private final HttpServer server;
  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final AtomicInteger status;

  /** What came; names of headers in any case. */
  public record Request(String method, String path, Map<String, String> headers, String body) {}

  /** Answers a request itself. */
  @FunctionalInterface
  public interface Manner {
    void answer(HttpExchange exchange) throws IOException;
  }

  private Receiver(InetSocketAddress address, AtomicInteger status, Manner manner) {
    this.status = status;
    try {
      server = HttpServer.create(address, 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    server.createContext(
        "/",
        exchange -> {
          keep(exchange);
          manner.answer(exchange);
          exchange.close();
        });
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
  }

  /** On the loopback address; answers with {@link #answering}. */
  public static Receiver start() {
    AtomicInteger status = new AtomicInteger(200);
    return new Receiver(
        new InetSocketAddress("127.0.0.1", 0),
        status,
        exchange -> {
          byte[] body = "noted".getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(status.get(), body.length);
          exchange.getResponseBody().write(body);
        });
  }

  public static Receiver start(String address, int port, Manner manner) {
    return new Receiver(new InetSocketAddress(address, port), new AtomicInteger(), manner);
  }

  private void keep(HttpExchange exchange) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    exchange.getRequestHeaders().forEach((name, values) -> headers.put(name, values.getFirst()));
    requests.add(
        new Request(
            exchange.getRequestMethod(),
            exchange.getRequestURI().toString(),
            headers,
            new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8)));
  }

  /** What it answers from now on. */
  public void answering(int code) {
    status.set(code);
  }

  /** All that came, the oldest first. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public InetAddress address() {
    return server.getAddress().getAddress();
  }

  public URI at(String path) {
    return URI.create("http://" + address().getHostAddress() + ":" + port() + path);
  }

  @Override
  public void close() {
    server.stop(0);
  }
}
