// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.URI;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Lets pages of the origins in {@code entrepot.origins}, and of no others, read what the APIs
 * answer (CORS), failures too, and answers what their browsers ask beforehand.
 *
 * <p>An origin is repeated as it was sent, never a wildcard, and its pages may send cookies. Not
 * the sync API, where programs on the machine need no credential; nor our own pages, which are
 * there for people.
 */
@Component
@Order(FilterOrder.OTHER_ORIGINS)
final class OtherOrigins extends OncePerRequestFilter {

  private static final String ORIGIN = "Origin";
  private static final String ASKED_METHOD = "Access-Control-Request-Method";
  private static final String METHODS = "GET, HEAD, POST, PUT, PATCH, DELETE";

  private static final String SENT =
      "Accept, Authorization, Content-Type, If-Match, If-None-Match, If-Range, Idempotency-Key,"
          + " Last-Event-ID, Prefer, Range, X-Request-Id";

  private static final String SHOWN =
      "Accept-Ranges, Allow, Content-Disposition, Content-Range, ETag, Idempotent-Replayed, Link,"
          + " Location, Retry-After, WWW-Authenticate, X-Entrepot-Ignored-Fields, X-Request-Id,"
          + " X-Total-Count, X-Total-Count-Capped";

  /** What a browser was told it need not ask again for ten minutes. */
  private static final String MAX_AGE_SECONDS = "600";

  private final Set<URI> trusted;

  OtherOrigins(EntrepotSettings settings) {
    this.trusted = trusted(settings);
  }

  /** The origins of the settings, in one spelling. */
  static Set<URI> trusted(EntrepotSettings settings) {
    return settings.origins().stream()
        .flatMap(origin -> SameOriginFilter.origin(origin).stream())
        .collect(Collectors.toSet());
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    if (trusted.isEmpty() || !isOpen(Family.of(request))) {
      chain.doFilter(request, response);
      return;
    }
    response.addHeader("Vary", ORIGIN);
    String origin = request.getHeader(ORIGIN);
    if (!isTrusted(origin)) {
      chain.doFilter(request, response);
      return;
    }
    response.setHeader("Access-Control-Allow-Origin", origin);
    response.setHeader("Access-Control-Allow-Credentials", "true");
    if (isAskedBeforehand(request)) {
      response.setHeader("Access-Control-Allow-Methods", METHODS);
      response.setHeader("Access-Control-Allow-Headers", SENT);
      response.setHeader("Access-Control-Max-Age", MAX_AGE_SECONDS);
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      return;
    }
    response.setHeader("Access-Control-Expose-Headers", SHOWN);
    chain.doFilter(request, response);
  }

  private static boolean isOpen(Family family) {
    return switch (family) {
      case HARVEST, BACKUP, SCHEDULES, WORKSPACES, QUERY, SESSION -> true;
      case SYNC, DAV, PAGES, SITE, NONE -> false;
    };
  }

  private boolean isTrusted(@Nullable String origin) {
    return origin != null
        && Optional.of(origin)
            .flatMap(SameOriginFilter::origin)
            .filter(trusted::contains)
            .isPresent();
  }

  private static boolean isAskedBeforehand(HttpServletRequest request) {
    return request.getMethod().equals("OPTIONS") && request.getHeader(ASKED_METHOD) != null;
  }
}
