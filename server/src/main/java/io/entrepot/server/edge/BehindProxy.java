// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.CidrBlock;
import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletRequestWrapper;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Whom a proxy acts for. From the networks of {@code entrepot.proxies}, and from nowhere else,
 * {@code X-Forwarded-For} and {@code X-Forwarded-Proto} are believed: the caller is the last
 * address in the list that is no such proxy, because what stands before it came from the caller
 * itself.
 */
@Component
@Order(FilterOrder.PROXY)
final class BehindProxy extends OncePerRequestFilter {

  private static final String FOR = "X-Forwarded-For";
  private static final String PROTO = "X-Forwarded-Proto";

  /** An IPv4 address with a port, or an IPv6 address in brackets, with or without one. */
  private static final Pattern DRESSED =
      Pattern.compile("(\\d+\\.\\d+\\.\\d+\\.\\d+):\\d+|\\[([^\\]]+)](?::\\d+)?");

  private final List<CidrBlock> proxies;

  BehindProxy(EntrepotSettings settings) {
    this.proxies = settings.proxies().stream().map(CidrBlock::require).toList();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String sender = request.getRemoteAddr();
    List<String> headers = Collections.list(request.getHeaders(FOR));
    chain.doFilter(
        isProxy(sender) ? new Forwarded(request, caller(sender, headers)) : request, response);
  }

  private boolean isProxy(String address) {
    return proxies.stream().anyMatch(proxy -> proxy.contains(address));
  }

  /**
   * Whom a request is from; its sender where that is no proxy of ours, or names nobody.
   *
   * @param forwarded every {@code X-Forwarded-For} header, in their order
   */
  String caller(String sender, List<String> forwarded) {
    if (!isProxy(sender)) {
      return sender;
    }
    List<String> hops =
        forwarded.stream()
            .flatMap(header -> Arrays.stream(header.split(",", -1)))
            .map(String::strip)
            .toList();
    String caller = sender;
    for (String hop : hops.reversed()) {
      Optional<String> address = address(hop);
      if (address.isEmpty()) {
        return caller;
      }
      caller = address.get();
      if (!isProxy(caller)) {
        return caller;
      }
    }
    return caller;
  }

  /** Without port and brackets; empty for what is no address. */
  private static Optional<String> address(String hop) {
    Matcher dressed = DRESSED.matcher(hop);
    String bare = hop;
    if (dressed.matches()) {
      bare = dressed.group(1) == null ? dressed.group(2) : dressed.group(1);
    }
    try {
      return Optional.of(InetAddress.ofLiteral(bare).getHostAddress());
    } catch (IllegalArgumentException noAddress) {
      return Optional.empty();
    }
  }

  /** A request as the proxy got it. */
  private static final class Forwarded extends HttpServletRequestWrapper {

    private final String caller;
    private final @Nullable String scheme;

    Forwarded(HttpServletRequest request, String caller) {
      super(request);
      this.caller = caller;
      this.scheme = scheme(request.getHeader(PROTO));
    }

    private static @Nullable String scheme(@Nullable String sent) {
      String scheme = sent == null ? "" : sent.strip().toLowerCase(Locale.ROOT);
      return scheme.equals("https") || scheme.equals("http") ? scheme : null;
    }

    @Override
    public String getRemoteAddr() {
      return caller;
    }

    @Override
    public String getRemoteHost() {
      return caller;
    }

    @Override
    public String getScheme() {
      return scheme == null ? super.getScheme() : scheme;
    }

    @Override
    public boolean isSecure() {
      return scheme == null ? super.isSecure() : scheme.equals("https");
    }
  }
}
