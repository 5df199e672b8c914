// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Refuses what no controller should have to look at: unclean paths, forms sent to APIs, and bodies
 * that are too large. Runs after the caller is known to be allowed, so that 401 and 403 come first.
 */
final class RequestGuard extends OncePerRequestFilter {

  /** Others are refused wherever they are sent. */
  static final Set<String> METHODS =
      Set.of("GET", "HEAD", "POST", "PUT", "PATCH", "DELETE", "OPTIONS");

  private static final Set<String> FORM_TYPES =
      Set.of("application/x-www-form-urlencoded", "multipart/form-data", "text/plain");

  /** Doors that take a form by contract; they are guarded by the password that is in it. */
  private static final Set<String> FORM_DOORS =
      Set.of("/auth/jwt/login", "/auth/cookie/login", "/api/auth/login");

  /** A browser sends such a form to any address without asking, so no API takes one. */
  private static final Set<Family> JSON_ONLY =
      Set.of(Family.HARVEST, Family.BACKUP, Family.SYNC, Family.SCHEDULES);

  private final ErrorWriter errors;

  RequestGuard(ErrorWriter errors) {
    this.errors = errors;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    Family family = Family.of(request);
    long limit = BodyLimits.of(family, request.getMethod(), request.getRequestURI());
    Problem problem = refusal(request, family, limit);
    if (problem != null) {
      errors.write(request, response, problem);
    } else {
      chain.doFilter(new LimitedRequest(request, limit), response);
    }
  }

  private static @Nullable Problem refusal(HttpServletRequest request, Family family, long limit) {
    Optional<Problem> noAddress = noAddress(request, family);
    if (noAddress.isPresent()) {
      return noAddress.get();
    }
    if (isPacked(request)) {
      return Problem.of(
              ErrorCode.UNSUPPORTED_MEDIA_TYPE,
              "Bodies with a Content-Encoding are not unpacked; send it as it is")
          .withHeader("Accept-Encoding", "identity");
    }
    if (JSON_ONLY.contains(family) && isForm(request)
        || family == Family.SYNC && isOtherThanJson(request)) {
      return Problem.of(
          ErrorCode.UNSUPPORTED_MEDIA_TYPE,
          "Content-Type is "
              + (contentType(request).isEmpty() ? "missing" : contentType(request))
              + "; send JSON, with Content-Type: application/json");
    }
    if (SharedPath.isOfBoth(request)) {
      return Problem.invalid(SharedBody.ofBoth());
    }
    if (request.getContentLengthLong() > limit) {
      EntrepotException failure = BodyLimits.exceeded(limit);
      return Problem.of(failure.code(), String.valueOf(failure.getMessage()));
    }
    return null;
  }

  /** Why there can be nothing at this address, or by this method, whatever the table says. */
  static Optional<Problem> noAddress(HttpServletRequest request, Family family) {
    if (!METHODS.contains(request.getMethod())) {
      return Optional.of(methodNotAllowed());
    }
    return RawPath.faults(request.getRequestURI(), family == Family.SYNC).stream()
        .findFirst()
        .map(fault -> Problem.of(ErrorCode.BAD_REQUEST, "The path is refused: " + fault));
  }

  /** To a method that nothing is done by. */
  static Problem methodNotAllowed() {
    return Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "Method Not Allowed")
        .withHeader("Allow", Endpoints.allowed(METHODS.toArray(String[]::new)));
  }

  private static boolean isPacked(HttpServletRequest request) {
    return Collections.list(request.getHeaders("Content-Encoding")).stream()
        .anyMatch(coding -> !coding.isBlank() && !coding.strip().equalsIgnoreCase("identity"));
  }

  /**
   * Programs on the machine need no credential there, and a page can send anything else than JSON
   * without asking.
   */
  private static boolean isOtherThanJson(HttpServletRequest request) {
    boolean hasBody =
        request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
    return hasBody && !contentType(request).equals(ErrorWriter.JSON);
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
