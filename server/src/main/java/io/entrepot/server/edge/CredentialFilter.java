// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.identity.Authenticator;
import io.entrepot.server.identity.SignedIn;
import io.entrepot.server.metrics.TimeTaken;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.security.core.context.SecurityContextImpl;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Finds the credential of a request, for every door alike.
 *
 * <p>A request with an Authorization header is judged by it alone: a bad token is not made good by
 * a cookie that the browser added.
 */
final class CredentialFilter extends OncePerRequestFilter {

  private static final List<String> COOKIES =
      List.of(SessionCookie.NAME, SessionCookie.BACKUP_NAME);

  private final Authenticator authenticator;
  private final AuthorizationHeader authorization;
  private final LocalCallers callers;
  private final TimeTaken checking;

  CredentialFilter(Authenticator authenticator, LocalCallers callers, TimeTaken checking) {
    this.authenticator = authenticator;
    this.authorization = new AuthorizationHeader(authenticator);
    this.callers = callers;
    this.checking = checking;
  }

  @Override
  protected boolean shouldNotFilterAsyncDispatch() {
    return false;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    checking
        .by(() -> signedIn(request))
        .map(who -> new SignedInToken(who.from(RequestOrigin.of(request).address())))
        .ifPresent(token -> SecurityContextHolder.setContext(new SecurityContextImpl(token)));
    chain.doFilter(request, response);
  }

  private Optional<SignedIn> signedIn(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders("Authorization"));
    if (headers.size() > 1) {
      return Optional.empty();
    }
    if (headers.size() == 1) {
      return authorization.who(headers.getFirst(), request);
    }
    return cookies(request).stream()
        .filter(cookie -> COOKIES.contains(cookie.getName()))
        .flatMap(cookie -> authenticator.session(cookie.getValue()).stream())
        .findFirst()
        .or(() -> onTheMachine(request));
  }

  /** Whether a browser, or whatever is like one, says that it was signed in. */
  static boolean hasSessionCookie(HttpServletRequest request) {
    return cookies(request).stream().anyMatch(cookie -> COOKIES.contains(cookie.getName()));
  }

  private Optional<SignedIn> onTheMachine(HttpServletRequest request) {
    return Family.of(request) == Family.SYNC && callers.isOne(request)
        ? authenticator.local()
        : Optional.empty();
  }

  private static List<Cookie> cookies(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null ? List.of() : List.of(cookies);
  }
}
