// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client;

import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublisher;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandler;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * A signed-in account at one server. Safe for several threads.
 *
 * <p>Every call throws {@link RefusedException} when the server says no, and {@link
 * UncheckedIOException} when it cannot be reached or hangs up: then it is not known whether the
 * request took effect.
 */
public final class Session implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final int FIRST_REFUSAL = 300;

  private final HttpClient http;
  private final URI server;
  private final String token;
  private final Witness witness;
  private final JsonMapper json = new JsonMapper();

  private Session(HttpClient http, URI server, String token, Witness witness) {
    this.http = http;
    this.server = server;
    this.token = token;
    this.witness = witness;
  }

  /**
   * Signs in with a password.
   *
   * @param server the address without a path, such as {@code http://127.0.0.1:8000}
   */
  public static Session open(URI server, String email, String password) {
    return open(server, email, password, Witness.NONE);
  }

  /** As {@link #open(URI, String, String)}, with somebody who hears of every request. */
  public static Session open(URI server, String email, String password, Witness witness) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    Session stranger = new Session(http, server, "", witness);
    String form = "username=" + encoded(email) + "&password=" + encoded(password);
    HttpRequest login =
        stranger
            .request("/auth/jwt/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    String token = stranger.send(login).path("access_token").asString();
    return new Session(http, server, token, witness);
  }

  /**
   * With an API key.
   *
   * @param server as {@link #open(URI, String, String)} takes it
   */
  public static Session withKey(URI server, String key) {
    HttpClient http = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    return new Session(http, server, key, Witness.NONE);
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  /**
   * @param path with its query, beginning with a slash
   */
  public JsonNode get(String path) {
    return send(request(path).GET().build());
  }

  /**
   * @param body anything the JSON library can write: a map, a record, a list
   */
  public JsonNode post(String path, Object body) {
    return send(with("POST", path, BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  /** Posts without a body. */
  public JsonNode post(String path) {
    return send(with("POST", path, BodyPublishers.noBody()));
  }

  /**
   * @param body the fields to change
   */
  public JsonNode patch(String path, Object body) {
    return send(with("PATCH", path, BodyPublishers.ofString(json.writeValueAsString(body))));
  }

  private HttpRequest with(String method, String path, BodyPublisher body) {
    return request(path).header("Content-Type", "application/json").method(method, body).build();
  }

  private HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(server.resolve(path)).timeout(PATIENCE);
    return token.isEmpty() ? request : request.header("Authorization", "Bearer " + token);
  }

  /** What is no JSON, such as the figures at {@code /metrics}. */
  public String text(String path) {
    return accepted(request(path).GET().build());
  }

  /** What a file holds; the witness hears nothing of it. */
  public byte[] bytes(String path) {
    HttpRequest get = request(path).GET().build();
    return accepted(get, BodyHandlers.ofByteArray(), _ -> "");
  }

  private JsonNode send(HttpRequest request) {
    String body = accepted(request);
    return body.isEmpty() ? json.createObjectNode() : json.readTree(body);
  }

  private String accepted(HttpRequest request) {
    return accepted(request, BodyHandlers.ofString(), body -> body);
  }

  /**
   * @param shown what of an answer is told
   */
  private <T> T accepted(HttpRequest request, BodyHandler<T> kind, Function<T, String> shown) {
    HttpResponse<T> answer = exchange(request, kind, shown);
    if (answer.statusCode() >= FIRST_REFUSAL) {
      throw new RefusedException(
          request.method() + " " + request.uri(), answer.statusCode(), shown.apply(answer.body()));
    }
    return answer.body();
  }

  private <T> HttpResponse<T> exchange(
      HttpRequest request, BodyHandler<T> kind, Function<T, String> shown) {
    String path = request.uri().toString().substring(server.toString().length());
    long number = witness.asks(request.method(), path);
    HttpResponse<T> answer;
    try {
      answer = http.send(request, kind);
    } catch (InterruptedException e) {
      witness.unanswered(number);
      Thread.currentThread().interrupt();
      throw new UncheckedIOException(new InterruptedIOException("interrupted"));
    } catch (IOException e) {
      witness.unanswered(number);
      throw new UncheckedIOException(request.uri() + ": " + e.getMessage(), e);
    }
    witness.answered(number, answer.statusCode(), shown.apply(answer.body()));
    return answer;
  }

  @Override
  public void close() {
    http.close();
  }
}
