// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import tools.jackson.databind.json.JsonMapper;

/** Answers a request with a problem, in the words of the family its path belongs to. */
@Component
final class ErrorWriter {

  static final String JSON = "application/json";
  private static final String HTML = "text/html;charset=UTF-8";
  private static final String XML = "application/xml;charset=UTF-8";

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
    Told told = told(family, problem, RequestIds.of(request), ChosenTheme.of(request));
    response.setContentType(told.type());
    response.setContentLength(told.body().length);
    response.getOutputStream().write(told.body());
    response.flushBuffer();
  }

  /** An answer in a family's words. */
  @SuppressWarnings("ArrayRecordComponent") // Written once, and never compared.
  record Told(String type, byte[] body) {}

  /**
   * @param theme of a page: light or dark; null follows the system
   */
  Told told(Family family, Problem problem, String requestId, @Nullable String theme) {
    return switch (family) {
      case PAGES -> new Told(HTML, utf8(ErrorPage.html(problem, requestId, theme)));
      case DAV -> new Told(XML, utf8(ErrorPage.dav(problem)));
      case HARVEST, BACKUP, SYNC, WORKSPACES, SESSION, QUERY, SCHEDULES, SITE, NONE ->
          new Told(JSON, json.writeValueAsBytes(ErrorBodies.json(family, problem, requestId)));
    };
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
