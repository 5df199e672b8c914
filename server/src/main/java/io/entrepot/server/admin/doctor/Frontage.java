// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.X509Certificate;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/** The address that browsers use, which may be a proxy's; asked without any credential. */
final class Frontage implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final @Nullable URI url;
  private final HttpClient client;

  /**
   * @param url null where none was named
   */
  Frontage(@Nullable URI url) {
    this.url = url;
    this.client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(PATIENCE)
            .sslContext(lenient())
            .build();
  }

  boolean isNamed() {
    return url != null;
  }

  String url() {
    return String.valueOf(url);
  }

  boolean isTls() {
    return url != null && "https".equalsIgnoreCase(url.getScheme());
  }

  HttpResponse<InputStream> get(String path, Duration patience) throws IOException {
    if (url == null) {
      throw new IOException("no address was named with --url");
    }
    try {
      return client.send(
          HttpRequest.newBuilder(url.resolve(path)).timeout(patience).build(),
          BodyHandlers.ofInputStream());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IOException("interrupted", e);
    }
  }

  /** What time it is there; empty where no address was named or it does not say. */
  Optional<Instant> date() {
    if (url == null) {
      return Optional.empty();
    }
    try {
      HttpResponse<InputStream> answer = get("/health", PATIENCE);
      answer.body().close();
      return answer
          .headers()
          .firstValue("Date")
          .map(text -> ZonedDateTime.parse(text, DateTimeFormatter.RFC_1123_DATE_TIME).toInstant());
    } catch (IOException | DateTimeException _) {
      return Optional.empty();
    }
  }

  /** Takes any certificate, since it is to be looked at; nothing secret is sent. */
  private static SSLContext lenient() {
    try {
      SSLContext context = SSLContext.getInstance("TLS");
      context.init(null, new TrustManager[] {new Anybody()}, new SecureRandom());
      return context;
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has TLS", e);
    }
  }

  private static final class Anybody extends X509ExtendedTrustManager {

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine) {}

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type) {}

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type) {}

    @Override
    public X509Certificate[] getAcceptedIssuers() {
      return new X509Certificate[0];
    }
  }

  @Override
  public void close() {
    client.shutdownNow();
  }
}
