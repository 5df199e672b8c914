// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import org.jspecify.annotations.Nullable;
import org.springframework.web.util.HtmlUtils;

/** A failure as a page for a person, and as the few lines of XML that WebDAV clients expect. */
final class ErrorPage {

  private ErrorPage() {}

  /**
   * @param theme light or dark; null follows the system
   */
  static String html(Problem problem, String requestId, @Nullable String theme) {
    String message = HtmlUtils.htmlEscape(words(problem));
    String request =
        problem.isOurFault() ? "<p>Request " + HtmlUtils.htmlEscape(requestId) + "</p>" : "";
    return """
        <!doctype html>
        <html lang="en"%s>
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
        <p class="lede">%s</p>
        %s
        <p class="row"><a class="btn btn-primary" href="/ui/">To the start page</a></p>
        </main>
        </body>
        </html>
        """
        .formatted(
            theme == null ? "" : " data-theme=\"" + theme + "\"",
            problem.status(),
            heading(problem.status()),
            message,
            request);
  }

  private static String heading(int status) {
    return switch (status) {
      case 401 -> "Sign in first";
      case 403 -> "This is not open to you";
      case 404, 410 -> "There is nothing here";
      case 409, 412, 423 -> "This does not fit what is there now";
      case 429, 503 -> "Not just now";
      default -> status >= 500 ? "Something broke here" : "That could not be done";
    };
  }

  /** What a person can do with a message that only repeats the status. */
  private static String words(Problem problem) {
    return switch (problem.message()) {
      case "Not Found" -> "No page has this address. It may have been moved or deleted.";
      case "Forbidden" -> "Ask an administrator to do it, or to let you.";
      case "Internal Server Error" ->
          "Nothing was half-written. The log knows more under the number below.";
      default -> problem.message();
    };
  }

  static String dav(Problem problem) {
    return """
        <?xml version="1.0" encoding="UTF-8"?>
        <d:error xmlns:d="DAV:" xmlns:e="urn:entrepot"><e:message>%s</e:message></d:error>
        """
        .formatted(HtmlUtils.htmlEscape(problem.message(), "UTF-8"));
  }
}
