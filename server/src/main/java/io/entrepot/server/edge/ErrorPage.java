// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import org.springframework.web.util.HtmlUtils;

/** A failure as a page for a person, and as the few lines of XML that WebDAV clients expect. */
final class ErrorPage {

  private ErrorPage() {}

  static String html(Problem problem, String requestId) {
    String message = HtmlUtils.htmlEscape(problem.message());
    String request =
        problem.isOurFault() ? "<p>Request " + HtmlUtils.htmlEscape(requestId) + "</p>" : "";
    return """
        <!doctype html>
        <html lang="en">
        <head>
        <meta charset="utf-8">
        <meta name="viewport" content="width=device-width, initial-scale=1">
        <meta name="color-scheme" content="light dark">
        <title>%d · entrepôt</title>
        <link rel="icon" href="/ui/assets/mark.svg" type="image/svg+xml">
        <link rel="stylesheet" href="/ui/assets/tokens.css">
        <link rel="stylesheet" href="/ui/assets/components.css">
        </head>
        <body>
        <main class="page stack">
        <p><a class="brand" href="/ui/" aria-label="entrepôt, home"><svg class="mark mark-l" aria-hidden="true"><use href="/ui/assets/icons.svg#mark"/></svg><svg class="wordmark wordmark-l" aria-hidden="true"><use href="/ui/assets/icons.svg#wordmark"/></svg></a></p>
        <h1>%s</h1>
        %s
        <p class="row"><a class="btn btn-primary" href="/ui/">To the start page</a></p>
        </main>
        </body>
        </html>
        """
        .formatted(problem.status(), message, request);
  }

  static String dav(Problem problem) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <d:error xmlns:d="DAV:" xmlns:e="urn:entrepot"><e:message>%s</e:message></d:error>
        """
        .formatted(HtmlUtils.htmlEscape(problem.message(), "UTF-8"));
  }
}
