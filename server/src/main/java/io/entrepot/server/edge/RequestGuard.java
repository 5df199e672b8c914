// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no controller should have to look at: unclean paths, forms sent to APIs, and bodies
 * that are too large. Runs after the caller is known to be allowed, so that 401 and 403 come first.
 */
final class RequestGuard extends OncePerRequestFilter {

  /** The largest JSON document any endpoint has a use for, many times over. */
  static final long BODY_LIMIT = 4L * 1024 * 1024;

  private static final Set<String> FORM_TYPES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  /** Doors that take a form by contract; they are guarded by the password that is in it. */
  private static final Set<String> FORM_DOORS =
      Set.of("/auth/jwt/login", "/auth/cookie/login", "/api/auth/login");

  /** A browser sends such a form to any address without asking, so no API takes one. */
  private static final Set<Family> JSON_ONLY =
      Set.of(Family.HARVEST, Family.BACKUP, Family.SYNC, Family.SCHEDULES);

  private static final Set<Family> UNLIMITED = Set.of(Family.WORKSPACES, Family.DAV);

  private final ErrorWriter errors;

  RequestGuard(ErrorWriter errors) {
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Family family = Family.of(request);
    Problem problem = refusal(request, family);
    if (problem != null) {
      errors.write(request, response, problem);
    } else if (UNLIMITED.contains(family)) {
      chain.doFilter(request, response);
    } else {
      chain.doFilter(new LimitedRequest(request, BODY_LIMIT), response);
    }
  }

  private static @Nullable Problem refusal(HttpServletRequest request, Family family) {
    List<String> faults = RawPath.faults(request.getRequestURI());
    if (!faults.isEmpty()) {
      return Problem.of(ErrorCode.BAD_REQUEST, "The path is refused: " + faults.getFirst());
    }
    if (JSON_ONLY.contains(family) && isForm(request)) {
      return Problem.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type is "
              + contentType(request)
              + "; send JSON, with Content-Type: application/json");
    }
    if (!UNLIMITED.contains(family) && request.getContentLengthLong() > BODY_LIMIT) {
      return tooLarge();
    }
    return null;
  }

  static Problem tooLarge() {
    EntrepotException failure = tooLargeFailure();
    return Problem.of(failure.code(), String.valueOf(failure.getMessage()));
  }

  static EntrepotException tooLargeFailure() {
    return new EntrepotException(
        ErrorCode.TOO_LARGE, "The body is larger than the " + BODY_LIMIT + " bytes allowed here");
  }

  private static boolean isForm(HttpServletRequest request) {
    return FORM_TYPES.contains(contentType(request))
        && !FORM_DOORS.contains(request.getRequestURI());
  }

  private static String contentType(HttpServletRequest request) {
    String type = request.getContentType();
    return type == null ? "" : type.split(";", 2)[0].strip().toLowerCase(Locale.ROOT);
  }
}
