// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import java.util.regex.Pattern;
import org.springframework.http.HttpHeaders;

/**
 * Which family a request under {@code /api/schedules} belongs to, as far as can be told before its
 * body is read: a UUID in the path, {@code ?kind=harvest} or a credential that only one family
 * hands out. What cannot be told stays shared and is answered in the words of both.
 */
final class SharedPath {

  private static final Pattern UUID =
      Pattern.compile("/api/schedules/[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}(/.*)?");

  private static final Pattern KIND = Pattern.compile("(^|&)kind=harvest(&|$)");

  /** Three parts with dots between them; an API key has none. */
  private static final Pattern JWT = Pattern.compile("(?i)bearer +[^. ]+\\.[^. ]+\\.[^. ]+ *");

  private SharedPath() {}

  static Family settle(HttpServletRequest request) {
    boolean harvest =
        UUID.matcher(request.getRequestURI()).matches()
            || KIND.matcher(String.valueOf(request.getQueryString())).find()
            || showsHarvestCredential(request);
    return harvest ? Family.HARVEST : Family.SCHEDULES;
  }

  private static boolean showsHarvestCredential(HttpServletRequest request) {
    for (String header : Collections.list(request.getHeaders(HttpHeaders.AUTHORIZATION))) {
      if (JWT.matcher(header).matches()) {
        return true;
      }
    }
    Cookie[] cookies = request.getCookies();
    return cookies != null
        && List.of(cookies).stream()
            .anyMatch(cookie -> cookie.getName().equals(SessionCookie.NAME));
  }
}
