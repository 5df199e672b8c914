// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.time.InstantSource;
import java.util.Set;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.http.HttpField;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * What comes before any credential is looked at: request lines too long for their door, and the
 * redirect of a trailing slash. Tells the failures of everything behind it that nobody else told.
 */
@Component
@Order(FilterOrder.EARLY)
final class EarlyFilter extends OncePerRequestFilter {

  /** Only the session door has a use for request lines of megabytes. */
  private static final int LINE_LIMIT = 16 * 1024;

  private static final int HEADERS_LIMIT = 64 * 1024;
  private static final int HEADERS_TOO_LARGE = 431;

  private static final Set<Family> SLASH_REDIRECTED = Set.of(Family.HARVEST);

  private final ErrorWriter errors;
  private final Failures failures;
  private final UnreadBody unread;

  EarlyFilter(ErrorWriter errors, Failures failures, InstantSource clock) {
    this.errors = errors;
    this.failures = failures;
    this.unread = new UnreadBody(clock);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    answer(request, response, chain);
    if (response.getStatus() >= HttpServletResponse.SC_BAD_REQUEST) {
      response.flushBuffer();
      unread.discard(request);
    }
  }

  private void answer(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    Family family = Family.of(request);
    String path = request.getRequestURI();
    if (lineLength(request) > HEADERS_LIMIT) {
      closeAfter(response);
    }
    if (family != Family.SESSION && lineLength(request) > LINE_LIMIT) {
      tooLong(request, response, HttpServletResponse.SC_REQUEST_URI_TOO_LONG, "request line");
    } else if (family != Family.SESSION && headersLength(request) > HEADERS_LIMIT) {
      tooLong(request, response, HEADERS_TOO_LARGE, "header section");
    } else if (SLASH_REDIRECTED.contains(family) && isSlashOfKnownPath(path)) {
      response.setStatus(HttpServletResponse.SC_TEMPORARY_REDIRECT);
      response.setHeader("Location", withoutSlash(path) + query(request));
    } else {
      passOn(request, response, chain);
    }
  }

  /** The buffer grown for a long request lives as long as its connection, so both are given up. */
  private static void closeAfter(HttpServletResponse response) {
    response.setHeader("Connection", "close");
  }

  private void tooLong(
      HttpServletRequest request, HttpServletResponse response, int status, String part)
      throws IOException {
    closeAfter(response);
    errors.write(
        request,
        response,
        Problem.withStatus(
            ErrorCode.TOO_LARGE, status, "The " + part + " is longer than is allowed here"));
  }

  private void passOn(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws IOException, ServletException {
    try {
      chain.doFilter(request, response);
    } catch (Exception failure) {
      if (response.isCommitted()) {
        // The connection breaks off: a part must not be taken for the whole.
        throw failure;
      }
      errors.write(request, response, failures.problem(failure));
    }
  }

  private static int lineLength(HttpServletRequest request) {
    return request.getRequestURI().length() + query(request).length();
  }

  /** Field by field: to ask for the values of each name takes the square of their number. */
  private static int headersLength(HttpServletRequest request) {
    int length = 0;
    for (HttpField field : ServletContextRequest.getServletContextRequest(request).getHeaders()) {
      String value = field.getValue();
      length += field.getName().length() + (value == null ? 0 : value.length());
    }
    return length;
  }

  private static String query(HttpServletRequest request) {
    String query = request.getQueryString();
    return query == null ? "" : "?" + query;
  }

  private static boolean isSlashOfKnownPath(String path) {
    return path.endsWith("/") && !Endpoints.covering(withoutSlash(path)).isEmpty();
  }

  private static String withoutSlash(String path) {
    return path.substring(0, path.length() - 1);
  }
}
