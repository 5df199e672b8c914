// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;

/** What a page may load, as the Content-Security-Policy header says it. Never another host. */
final class ContentSecurity {

  private static final String HEADER = "Content-Security-Policy";

  /** An API answer is not a page: it may load nothing and be framed by nobody. */
  static final String API = "default-src 'none'; frame-ancestors 'none'";

  private static final String PAGES =
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:;"
          + " font-src 'self'; connect-src 'self'; form-action 'self'; base-uri 'none';"
          + " frame-ancestors 'none'";

  /** The documentation viewers write their own style elements; their scripts are files of ours. */
  private static final String DOCUMENTATION =
      "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline';"
          + " img-src 'self' data:; font-src 'self' data:; connect-src 'self'; worker-src blob:;"
          + " base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

  private ContentSecurity() {}

  /** Says it, unless it was said. */
  static void write(HttpServletRequest request, HttpServletResponse response) {
    if (!response.containsHeader(HEADER)) {
      response.setHeader(HEADER, of(Family.of(request)));
    }
  }

  static String of(Family family) {
    return switch (family) {
      case PAGES -> PAGES;
      case SITE -> DOCUMENTATION;
      case HARVEST, BACKUP, SYNC, WORKSPACES, SESSION, QUERY, DAV, SCHEDULES, NONE -> API;
    };
  }
}
