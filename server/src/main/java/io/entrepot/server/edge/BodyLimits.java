// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.util.List;
import org.springframework.http.server.PathContainer;
import org.springframework.web.util.pattern.PathPattern;
import org.springframework.web.util.pattern.PathPatternParser;

/** How large a body each family takes: documents have a limit, the contents of files have none. */
final class BodyLimits {

  static final long NONE = Long.MAX_VALUE;

  /** The largest JSON document any endpoint has a use for, many times over. */
  static final long USUAL = 4L * 1024 * 1024;

  static final long BACKUP = 1024 * 1024;

  /** A name, a path or the word for what is to be done. */
  static final long WORKSPACES = 64 * 1024;

  /** Where a PUT brings the content of a file. */
  private static final List<PathPattern> CONTENTS =
      List.of(
          PathPatternParser.defaultInstance.parse("/api/v1/workspaces/{id}/files/**"),
          PathPatternParser.defaultInstance.parse("/uploads/{token}"));

  private BodyLimits() {}

  /**
   * In bytes.
   *
   * @param path as sent, escapes not decoded
   */
  static long of(Family family, String method, String path) {
    return switch (family) {
      case BACKUP -> BACKUP;
      case WORKSPACES -> isContent(method, path) ? NONE : WORKSPACES;
      case DAV -> NONE;
      case HARVEST, SYNC, SESSION, QUERY, SCHEDULES, PAGES, SITE, NONE -> USUAL;
    };
  }

  private static boolean isContent(String method, String path) {
    PathContainer asked = PathContainer.parsePath(path);
    return method.equals("PUT") && CONTENTS.stream().anyMatch(pattern -> pattern.matches(asked));
  }

  /** That a body has more bytes than this. */
  static EntrepotException exceeded(long limit) {
    return new EntrepotException(
        ErrorCode.TOO_LARGE, "The body is larger than the " + limit + " bytes allowed here");
  }
}
