// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem, in the words of the family its path belongs to. */
@Component
final class ErrorWriter {

  static final String JSON = "application/json";

  /** What a half-made answer may have said about a body that is not sent. */
  private static final List<String> BODY_HEADERS =
      List.of("Content-Length", "Content-Range", "Content-Disposition", "ETag", "Last-Modified");

  private final JsonMapper json;

  ErrorWriter(JsonMapper json) {
    this.json = json;
  }

  /**
   * Sends the problem; nothing at all when a part of another answer has already left.
   *
   * @throws IOException when the caller has gone
   */
  void write(HttpServletRequest request, HttpServletResponse response, Problem problem)
      throws IOException {
    if (response.isCommitted()) {
      return;
    }
    Family family = Family.of(request);
    response.resetBuffer();
    BODY_HEADERS.forEach(name -> response.setHeader(name, null));
    response.setStatus(ErrorBodies.status(family, problem));
    problem.headers().forEach(response::setHeader);
    // What is refused before any chain would otherwise leave without them.
    response.setHeader("X-Content-Type-Options", "nosniff");
    response.setHeader("Content-Security-Policy", ContentSecurity.of(family));
    byte[] body =
        switch (family) {
          case PAGES -> page(request, response, problem);
          case DAV -> dav(response, problem);
          case HARVEST, BACKUP, SYNC, WORKSPACES, SESSION, QUERY, SCHEDULES, SITE, NONE -> {
            response.setContentType(JSON);
            yield bytes(family, problem, RequestIds.of(request));
          }
        };
    response.setContentLength(body.length);
    response.getOutputStream().write(body);
    response.flushBuffer();
  }

  byte[] bytes(Family family, Problem problem, String requestId) {
    return json.writeValueAsBytes(ErrorBodies.json(family, problem, requestId));
  }

  private static byte[] page(
      HttpServletRequest request, HttpServletResponse response, Problem problem) {
    response.setContentType("text/html;charset=UTF-8");
    return ErrorPage.html(problem, RequestIds.of(request), ChosenTheme.of(request))
        .getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] dav(HttpServletResponse response, Problem problem) {
    response.setContentType("application/xml;charset=UTF-8");
    return ErrorPage.dav(problem).getBytes(StandardCharsets.UTF_8);
  }
}
