// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

/** Sends a browser to the sign-in page and remembers where it wanted to go. */
final class SignInRedirect {

  private static final String SIGN_IN = "/ui/login";

  private SignInRedirect() {}

  static void send(HttpServletRequest request, HttpServletResponse response) {
    String target = SIGN_IN;
    if (request.getMethod().equals("GET") && request.getHeader("HX-Request") == null) {
      target += "?next=" + URLEncoder.encode(wanted(request), StandardCharsets.UTF_8);
    }
    if (request.getHeader("HX-Request") != null) {
      // A redirect would be followed inside the page fragment; htmx leaves the page on this header.
      response.setStatus(HttpServletResponse.SC_UNAUTHORIZED);
      response.setHeader("HX-Redirect", target);
      return;
    }
    response.setStatus(HttpServletResponse.SC_SEE_OTHER);
    response.setHeader("Location", target);
  }

  private static String wanted(HttpServletRequest request) {
    String query = request.getQueryString();
    return request.getRequestURI() + (query == null ? "" : "?" + query);
  }
}
