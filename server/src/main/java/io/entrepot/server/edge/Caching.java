// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/**
 * Keeps answers out of caches. Spring Security's own writer gives way to any {@code Expires}, which
 * Jetty adds to every answer with a cookie.
 */
final class Caching {

  private static final String HEADER = "Cache-Control";

  private Caching() {}

  /** Forbids to keep the answer, unless it says itself who may; one without news says nothing. */
  static void forbid(HttpServletRequest request, HttpServletResponse response) {
    boolean unchanged = response.getStatus() == HttpServletResponse.SC_NOT_MODIFIED;
    if (!unchanged && !response.containsHeader(HEADER)) {
      response.setHeader(HEADER, "no-store");
    }
  }
}
