// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Talks to a server as a program of somebody else's would: over HTTP, in JSON. */
public final class TestClient {

  private static final HttpClient HTTP =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
  private static final JsonMapper JSON = new JsonMapper();
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final URI address;
  private final Optional<String> token;

  public TestClient(URI address, Optional<String> token) {
    this.address = address;
    this.token = token;
  }

  /** What the server answered. */
  public record Answer(HttpResponse<byte[]> response) {

    public int status() {
      return response.statusCode();
    }

    public byte[] bytes() {
      return response.body();
    }

    public String text() {
      return new String(response.body(), StandardCharsets.UTF_8);
    }

    public Optional<String> header(String name) {
      return response.headers().firstValue(name);
    }

    /** The body, read as JSON. */
    public JsonNode json() {
      return JSON.readTree(response.body());
    }

    /** This answer, if it has the status; else a failure that shows the body. */
    public Answer expect(int status) {
      if (status() != status) {
        throw new AssertionError(
            "expected "
                + status
                + " but "
                + response.request().uri()
                + " gave "
                + status()
                + ": "
                + text());
      }
      return this;
    }
  }

  public Answer get(String path) {
    return send("GET", path, Optional.empty());
  }

  public Answer delete(String path) {
    return send("DELETE", path, Optional.empty());
  }

  /** Sends no body. */
  public Answer post(String path) {
    return send("POST", path, Optional.empty());
  }

  public Answer post(String path, String json) {
    return send("POST", path, Optional.of(json));
  }

  public Answer patch(String path, String json) {
    return send("PATCH", path, Optional.of(json));
  }

  public Answer put(String path, String json) {
    return send("PUT", path, Optional.of(json));
  }

  /** Any method, with or without a JSON body. */
  public Answer send(String method, String path, Optional<String> json) {
    HttpRequest.Builder request = request(path);
    json.ifPresent(_ -> request.header("Content-Type", "application/json"));
    request.method(method, json.map(BodyPublishers::ofString).orElse(BodyPublishers.noBody()));
    return send(request.build());
  }

  /** A request to finish by hand: address and credential are set. */
  public HttpRequest.Builder request(String path) {
    HttpRequest.Builder request = HttpRequest.newBuilder(address.resolve(path)).timeout(PATIENCE);
    token.ifPresent(value -> request.header("Authorization", "Bearer " + value));
    return request;
  }

  public Answer send(HttpRequest request) {
    try {
      return new Answer(HTTP.send(request, HttpResponse.BodyHandlers.ofByteArray()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  /** The token that the form door gives for these. */
  public String signIn(String email, String password) {
    String form = "username=" + encoded(email) + "&password=" + encoded(password);
    HttpRequest request =
        request("/auth/jwt/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(form))
            .build();
    return send(request).expect(200).json().get("access_token").asString();
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }
}
