// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.AuthenticationException;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.web.AuthenticationEntryPoint;
import org.springframework.security.web.access.AccessDeniedHandler;
import org.springframework.security.web.csrf.CsrfException;
import org.springframework.stereotype.Component;

/**
 * Says why a request was not let through: sign in first; not for you; no such path; not that way.
 *
 * <p>An API tells somebody who is not signed in nothing about which paths exist, except for those
 * that need no signing in.
 */
@Component
final class Refusals implements AuthenticationEntryPoint, AccessDeniedHandler {

  private static final String ALLOW = "Allow";
  private static final String OPTIONS = "OPTIONS";

  private final ErrorWriter errors;

  Refusals(ErrorWriter errors) {
    this.errors = errors;
  }

  @Override
  public void commence(
      HttpServletRequest request, HttpServletResponse response, AuthenticationException why)
      throws IOException {
    List<Endpoint> covering = Endpoints.covering(request);
    Family family = Family.of(request);
    boolean open =
        covering.stream().anyMatch(row -> row.access() == Access.PUBLIC)
            && (family == Family.PAGES
                || covering.stream().noneMatch(row -> row.serves(request.getMethod())));
    boolean nobodyNeedsToSignIn =
        family == Family.NONE
            || family == Family.SITE
                && covering.stream().noneMatch(row -> row.access() == Access.MONITOR);
    if (open || nobodyNeedsToSignIn) {
      tellAbsent(request, response, covering);
    } else if (family == Family.PAGES) {
      SignInRedirect.send(request, response);
    } else {
      errors.write(request, response, unauthenticated(family, request));
    }
  }

  private static Problem unauthenticated(Family family, HttpServletRequest request) {
    Problem problem = whoAreYou(family, request);
    return switch (family) {
      case WORKSPACES, QUERY, SYNC -> problem.withHeader("WWW-Authenticate", "Bearer");
      case DAV -> problem.withHeader("WWW-Authenticate", "Basic realm=\"entrepot\"");
      case HARVEST, BACKUP, SESSION, SCHEDULES, PAGES, SITE, NONE -> problem;
    };
  }

  private static Problem whoAreYou(Family family, HttpServletRequest request) {
    String sent = request.getHeader("Authorization");
    if (family == Family.SYNC && sent == null) {
      return Problem.of(ErrorCode.NOBODY_SIGNED_IN, "Nobody is signed in");
    }
    boolean hadSession =
        switch (family) {
          case BACKUP -> sent == null && CredentialFilter.hasSessionCookie(request);
          case SESSION -> sent != null && isSession(sent) && !isSignIn(request);
          case HARVEST, SYNC, WORKSPACES, QUERY, DAV, SCHEDULES, PAGES, SITE, NONE -> false;
        };
    return hadSession
        ? Problem.of(ErrorCode.SESSION_EXPIRED, "The session has ended; sign in again")
        : Problem.of(ErrorCode.UNAUTHENTICATED, "Unauthorized");
  }

  private static boolean isSession(String authorization) {
    return authorization.toLowerCase(Locale.ROOT).startsWith("assession ");
  }

  /** A client that is told there that its session is over would sign in again for ever. */
  private static boolean isSignIn(HttpServletRequest request) {
    return request.getRequestURI().contains("/login");
  }

  @Override
  public void handle(
      HttpServletRequest request, HttpServletResponse response, AccessDeniedException why)
      throws IOException {
    if (why instanceof CsrfException) {
      errors.write(request, response, staleForm());
      return;
    }
    List<Endpoint> covering = Endpoints.covering(request);
    Optional<Endpoint> row =
        covering.stream().filter(one -> one.serves(request.getMethod())).findFirst();
    if (row.isPresent()) {
      errors.write(request, response, forbidden(row.get(), request));
      return;
    }
    Optional<Problem> noAddress = RequestGuard.noAddress(request, Family.of(request));
    if (noAddress.isPresent()) {
      errors.write(request, response, noAddress.get());
    } else {
      tellAbsent(request, response, covering);
    }
  }

  /** To ask what a path serves is no failure. */
  private void tellAbsent(
      HttpServletRequest request, HttpServletResponse response, List<Endpoint> covering)
      throws IOException {
    if (request.getMethod().equals(OPTIONS) && !covering.isEmpty()) {
      response.setStatus(HttpServletResponse.SC_NO_CONTENT);
      response.setHeader(ALLOW, Endpoints.allowed(covering) + ", " + OPTIONS);
    } else {
      errors.write(request, response, absent(request.getMethod(), covering));
    }
  }

  private static Problem staleForm() {
    return Problem.of(
        ErrorCode.FORBIDDEN, "This form is too old; go back, load its page again and send it anew");
  }

  private static Problem forbidden(Endpoint row, HttpServletRequest request) {
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    return Problem.of(
        ErrorCode.FORBIDDEN,
        KeyLimits.refusal(request, row, who)
            .orElse(wordy(row.access()) ? "Admin access required" : "Forbidden"));
  }

  private static boolean wordy(Access access) {
    return access == Access.ADMIN || access == Access.ADMIN_LOGIN;
  }

  private static Problem absent(String method, List<Endpoint> covering) {
    if (covering.isEmpty() || covering.stream().anyMatch(row -> row.serves(method))) {
      return Problem.of(ErrorCode.NOT_FOUND, "Not Found");
    }
    return Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "Method Not Allowed")
        .withHeader(ALLOW, Endpoints.allowed(covering));
  }
}
