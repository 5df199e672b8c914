// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses a change that another site's page asked this browser to make.
 *
 * <p>A cookie travels with any request the browser is talked into, so a request that changes
 * something and does not carry a token of its own must come from our pages: the browser says so in
 * {@code Sec-Fetch-Site}, an older one in {@code Origin}. Programs send neither and pass. A GET
 * that acts is a change like any other.
 */
final class SameOriginFilter extends OncePerRequestFilter {

  private static final Set<String> OUR_SITE = Set.of("same-origin", "none");

  private final Set<URI> trusted;
  private final ErrorWriter errors;

  /**
   * @param trusted origins besides our own that may act for their users
   */
  SameOriginFilter(Set<URI> trusted, ErrorWriter errors) {
    this.trusted = Set.copyOf(trusted);
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (request.getHeader("Authorization") != null || isOurs(request) || isHarmless(request)) {
      chain.doFilter(request, response);
      return;
    }
    errors.write(
        request,
        response,
        Problem.of(
            ErrorCode.FORBIDDEN,
            "This change was asked for by a page of another site; use our own pages, or send a"
                + " token in the Authorization header"));
  }

  private static boolean isHarmless(HttpServletRequest request) {
    return Endpoint.isReading(request.getMethod())
        && Endpoints.find(request).filter(Endpoint::acts).isEmpty();
  }

  private boolean isOurs(HttpServletRequest request) {
    String site = request.getHeader("Sec-Fetch-Site");
    String origin = request.getHeader("Origin");
    if (site != null && OUR_SITE.contains(site)) {
      return true;
    }
    if (origin == null) {
      return site == null;
    }
    Optional<URI> from = origin(origin);
    return from.filter(trusted::contains).isPresent()
        || (site == null && from.isPresent() && from.equals(own(request)));
  }

  private static Optional<URI> own(HttpServletRequest request) {
    return origin(request.getScheme() + "://" + request.getHeader("Host"));
  }

  /** Scheme, host and port in one spelling; empty when the text names none. */
  static Optional<URI> origin(String text) {
    try {
      URI uri = new URI(text);
      if (uri.getScheme() == null || uri.getHost() == null) {
        return Optional.empty();
      }
      String scheme = uri.getScheme().toLowerCase(Locale.ROOT);
      int usual = scheme.equals("https") ? 443 : 80;
      int port = uri.getPort() >= 0 ? uri.getPort() : usual;
      return Optional.of(
          new URI(scheme, null, uri.getHost().toLowerCase(Locale.ROOT), port, null, null, null));
    } catch (URISyntaxException _) {
      return Optional.empty();
    }
  }
}
