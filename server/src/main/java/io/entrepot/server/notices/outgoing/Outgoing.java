// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.outgoing;

import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.hc.client5.http.DnsResolver;
import org.apache.hc.client5.http.classic.methods.HttpUriRequestBase;
import org.apache.hc.client5.http.config.ConnectionConfig;
import org.apache.hc.client5.http.config.RequestConfig;
import org.apache.hc.client5.http.impl.DefaultSchemePortResolver;
import org.apache.hc.client5.http.impl.classic.CloseableHttpClient;
import org.apache.hc.client5.http.impl.classic.HttpClients;
import org.apache.hc.client5.http.impl.io.PoolingHttpClientConnectionManagerBuilder;
import org.apache.hc.client5.http.impl.routing.DefaultRoutePlanner;
import org.apache.hc.core5.http.ClassicHttpResponse;
import org.apache.hc.core5.http.ContentType;
import org.apache.hc.core5.http.HttpHost;
import org.apache.hc.core5.http.io.entity.StringEntity;
import org.apache.hc.core5.io.Closer;
import org.apache.hc.core5.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests to addresses that somebody typed in.
 *
 * <p>A name is looked up once for a request, every address it has is checked, and the connection
 * goes to one of these: a name that answers otherwise a moment later leads nowhere else. Nothing is
 * sent on: an answer that points elsewhere is an answer. No connection is used twice, no cookie is
 * kept, no proxy is asked. A request ends within its time however slowly the other side talks, and
 * of its answer only the beginning is read.
 */
public final class Outgoing implements AutoCloseable {

  /** Long enough for a slow service, short enough that the others need not wait. */
  public static final Duration LIMIT = Duration.ofSeconds(20);

  private static final Duration CONNECT_LIMIT = Duration.ofSeconds(5);

  /** More of an answer tells nobody more. */
  static final int BODY_LIMIT = 16 * 1024;

  private static final int MOST_AT_ONCE = 16;
  private static final String SELF = "Entrepot";

  private final CloseableHttpClient client;
  private final Duration limit;
  private final int bodyLimit;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();

  /**
   * @param allowed names of hosts, addresses and networks that may be reached though they are not
   *     public
   */
  public Outgoing(List<String> allowed) {
    this(allowed, BODY_LIMIT);
  }

  /**
   * As the other, for whoever needs more of an answer than its beginning.
   *
   * @param bodyLimit how many bytes of an answer are read
   */
  public Outgoing(List<String> allowed, int bodyLimit) {
    this(new AddressGuard(allowed, InetAddress::getAllByName), LIMIT, bodyLimit);
  }

  Outgoing(AddressGuard guard, Duration limit) {
    this(guard, limit, BODY_LIMIT);
  }

  private Outgoing(AddressGuard guard, Duration limit, int bodyLimit) {
    this.limit = limit;
    this.bodyLimit = bodyLimit;
    this.client = client(guard);
  }

  private static CloseableHttpClient client(AddressGuard guard) {
    Timeout patience = Timeout.of(LIMIT);
    return HttpClients.custom()
        .setConnectionManager(
            PoolingHttpClientConnectionManagerBuilder.create()
                .setDnsResolver(new Checked(guard))
                .setDefaultConnectionConfig(
                    ConnectionConfig.custom()
                        .setConnectTimeout(Timeout.of(CONNECT_LIMIT))
                        .setSocketTimeout(patience)
                        .build())
                .setMaxConnTotal(MOST_AT_ONCE)
                .setMaxConnPerRoute(MOST_AT_ONCE)
                .build())
        .setDefaultRequestConfig(
            RequestConfig.custom()
                .setConnectionRequestTimeout(patience)
                .setResponseTimeout(patience)
                .setProtocolUpgradeEnabled(false)
                .build())
        .setConnectionReuseStrategy((_, _, _) -> false)
        .setUserAgent(SELF)
        .setRoutePlanner(new DefaultRoutePlanner(DefaultSchemePortResolver.INSTANCE))
        .disableRedirectHandling()
        .disableAutomaticRetries()
        .disableCookieManagement()
        .disableAuthCaching()
        .disableContentCompression()
        .build();
  }

  /** The client connects to what this gives it, and looks up nothing itself. */
  private record Checked(AddressGuard guard) implements DnsResolver {

    @Override
    public InetAddress[] resolve(String host) throws UnknownHostException {
      return guard.addresses(host);
    }

    @Override
    public String resolveCanonicalHostname(String host) {
      return host;
    }
  }

  /** Sends it and waits for the answer, not longer than {@link #LIMIT}. Throws nothing. */
  public Reply send(Call call) {
    var problem = Call.problem(call.target().toString());
    if (problem.isPresent()) {
      return new Reply.Refused(problem.get());
    }
    HttpUriRequestBase request = request(call);
    Future<Reply> answer = threads.submit(() -> answer(request));
    try {
      return answer.get(limit.toMillis(), TimeUnit.MILLISECONDS);
    } catch (TimeoutException _) {
      request.abort();
      answer.cancel(true);
      return new Reply.Unreached(
          call.target().getHost() + " did not answer within " + limit.toSeconds() + " seconds.");
    } catch (InterruptedException _) {
      request.abort();
      Thread.currentThread().interrupt();
      return new Reply.Unreached("The server is stopping.");
    } catch (ExecutionException e) {
      return failed(call, Objects.requireNonNullElse(e.getCause(), e));
    }
  }

  private static HttpUriRequestBase request(Call call) {
    HttpUriRequestBase request = new HttpUriRequestBase(call.method(), call.target());
    Map<String, String> headers = new LinkedHashMap<>(call.headers());
    String type = headers.getOrDefault("Content-Type", "text/plain");
    headers.remove("Content-Type");
    headers.forEach(request::setHeader);
    if (!call.body().isEmpty()) {
      request.setEntity(
          new StringEntity(
              call.body(), ContentType.parse(type).withCharset(StandardCharsets.UTF_8)));
    }
    return request;
  }

  private Reply answer(HttpUriRequestBase request) throws Exception {
    HttpHost host = HttpHost.create(request.getUri());
    ClassicHttpResponse response = client.executeOpen(host, request, null);
    try {
      return new Reply.Answered(response.getCode(), beginning(response));
    } finally {
      // Closing alone would read the rest of an answer that may have no end.
      request.abort();
      Closer.closeQuietly(response);
    }
  }

  private String beginning(ClassicHttpResponse response) throws IOException {
    var entity = response.getEntity();
    if (entity == null) {
      return "";
    }
    InputStream in = entity.getContent();
    return new String(in.readNBytes(bodyLimit), StandardCharsets.UTF_8);
  }

  private static Reply failed(Call call, Throwable why) {
    for (@Nullable Throwable cause = why; cause != null; cause = cause.getCause()) {
      if (cause instanceof RefusedTargetException refused) {
        return new Reply.Refused(String.valueOf(refused.getMessage()));
      }
    }
    String host = call.target().getHost();
    return why instanceof UnknownHostException
        ? new Reply.Unreached("No address is known for the name " + host + ".")
        : new Reply.Unreached(host + " could not be reached: " + Reply.said(why));
  }

  @Override
  public void close() throws IOException {
    threads.shutdownNow();
    client.close();
  }
}
