// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.springframework.http.HttpHeaders;

/**
 * Which family a request under {@code /api/schedules} belongs to. The first that tells it decides:
 * what was posted, the whole form of the id in the path, {@code ?kind=}, and at last which family
 * hands out credentials like the one that was sent. What cannot be told stays shared, and is
 * answered in the words of both.
 */
final class SharedPath {

  /** Where the id of a schedule stands in its path. */
  private static final int ID = 2;

  private static final Pattern UUID =
      Pattern.compile("[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}");
  private static final Pattern NUMBER = Pattern.compile("[0-9]+");
  private static final Pattern KIND = Pattern.compile("(?:^|&)kind=(harvest|backup)(?=&|$)");

  private static final Pattern BEARER = Pattern.compile("(?i)bearer +([^ ]+) *");

  /** Three parts with dots between them; an API key has none. */
  private static final Pattern JWT = Pattern.compile("[^.]+\\.[^.]+\\.[^.]+");

  private static final String POSTED = SharedPath.class.getName();

  private SharedPath() {}

  static Family settle(HttpServletRequest request) {
    if (request.getAttribute(POSTED) instanceof Family family) {
      return family;
    }
    List<String> segments = Family.segments(request.getRequestURI());
    return (segments.size() > ID ? byId(segments.get(ID)) : byKind(request))
        .or(() -> byCredential(request))
        .orElse(Family.SCHEDULES);
  }

  /** From now on it is known whose the request is, by what was posted. */
  static void settled(HttpServletRequest request, Family family) {
    request.setAttribute(POSTED, family);
  }

  /** Whether what was posted would be a schedule of both families. */
  static boolean isOfBoth(HttpServletRequest request) {
    return request.getAttribute(POSTED) == Family.SCHEDULES;
  }

  private static Optional<Family> byId(String id) {
    if (UUID.matcher(id).matches()) {
      return Optional.of(Family.HARVEST);
    }
    return NUMBER.matcher(id).matches() ? Optional.of(Family.BACKUP) : Optional.empty();
  }

  private static Optional<Family> byKind(HttpServletRequest request) {
    Matcher kind = KIND.matcher(Objects.requireNonNullElse(request.getQueryString(), ""));
    return kind.find()
        ? Optional.of(kind.group(1).equals("harvest") ? Family.HARVEST : Family.BACKUP)
        : Optional.empty();
  }

  /** As everywhere, a cookie counts only beside no header. */
  private static Optional<Family> byCredential(HttpServletRequest request) {
    List<String> headers = Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION));
    return headers.isEmpty()
        ? cookies(request).flatMap(cookie -> byCookie(cookie.getName()).stream()).findFirst()
        : byHeader(headers.getFirst());
  }

  private static Optional<Family> byHeader(String header) {
    Matcher bearer = BEARER.matcher(header);
    if (!bearer.matches()) {
      return Optional.empty();
    }
    return Optional.of(JWT.matcher(bearer.group(1)).matches() ? Family.HARVEST : Family.BACKUP);
  }

  private static Stream<Cookie> cookies(HttpServletRequest request) {
    Cookie[] cookies = request.getCookies();
    return cookies == null ? Stream.empty() : Arrays.stream(cookies);
  }

  private static Optional<Family> byCookie(String name) {
    return switch (name) {
      case SessionCookie.NAME -> Optional.of(Family.HARVEST);
      case SessionCookie.BACKUP_NAME -> Optional.of(Family.BACKUP);
      default -> Optional.empty();
    };
  }
}
