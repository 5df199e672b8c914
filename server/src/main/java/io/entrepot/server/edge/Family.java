// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.http.server.PathContainer;
import org.springframework.http.server.PathContainer.PathSegment;

/**
 * One dialect of paths, errors and answers.
 *
 * <p>Chosen by the percent-decoded segments of the path, cut exactly as the handlers will cut them,
 * so that {@code /%61pi/v1} is no way around a check on {@code /api/v1}.
 */
public enum Family {
  HARVEST,
  BACKUP,
  SYNC,
  WORKSPACES,
  SESSION,
  QUERY,
  DAV,
  /**
   * {@code /api/schedules}, which harvest and backup share, where {@link SharedPath} cannot tell.
   */
  SCHEDULES,
  PAGES,
  /** Health, documentation and their assets: open to anybody. */
  SITE,
  /** No door at all. */
  NONE;

  private static final String ANY_ARK = "ark:";
  private static final Pattern HOST = Pattern.compile("(?i)https?://[^/?#]*");

  /** First match wins, so the narrow rows stand before the wide ones. */
  private static final List<Row> TABLE =
      List.of(
          row(SCHEDULES, "api", "schedules"),
          row(BACKUP, "api", "auth", "login|logout|me|sessions"),
          row(BACKUP, "api", "repositories|backups|jobs|cloud-sync|prune|pruning-policies"),
          row(BACKUP, "api", "repository-check-configs|notification-configs"),
          row(BACKUP, "api", "fs|system|keys|audit"),
          row(SESSION, "api", "v1.0|v3"),
          row(SYNC, "api", "v1", "auth", "local"),
          row(SYNC, "api", "v1", "sync|admin|scopes"),
          row(QUERY, "api", "v1", "find|entities"),
          row(WORKSPACES, "api", "v1"),
          row(WORKSPACES, "uploads"),
          row(HARVEST, "api|auth|users"),
          row(HARVEST, "prefect", "api"),
          row(DAV, "dav"),
          row(PAGES, "ui"),
          row(SITE, "health|livez|readyz|healthz|metrics"),
          row(SITE, "docs|swagger|redoc|openapi.json|webjars"));

  private record Row(Family family, List<Set<String>> head) {
    boolean matches(List<String> segments) {
      if (segments.size() < head.size()) {
        return false;
      }
      for (int i = 0; i < head.size(); i++) {
        if (!head.get(i).contains(segments.get(i))) {
          return false;
        }
      }
      return true;
    }
  }

  private static Row row(Family family, String... head) {
    return new Row(
        family, List.of(head).stream().map(words -> Set.of(words.split("\\|"))).toList());
  }

  public static Family of(HttpServletRequest request) {
    Family family = ofPath(request.getRequestURI());
    return family == SCHEDULES ? SharedPath.settle(request) : family;
  }

  /**
   * The door that a request stood at which was refused before anybody read it.
   *
   * @param target as it was sent: maybe with a host before it and a query behind it, maybe broken,
   *     where what stands before the fault decides
   */
  static Family ofTarget(String target) {
    Matcher host = HOST.matcher(target);
    String path = (host.lookingAt() ? target.substring(host.end()) : target).split("[?#]", 2)[0];
    List<String> segments = List.of(path.split("/"));
    List<String> sound =
        segments.stream().takeWhile(segment -> RawPath.decode(segment).isPresent()).toList();
    boolean tells = path.startsWith("/") && (sound.size() > 1 || segments.size() == sound.size());
    return tells ? ofPath("/" + String.join("/", sound)) : NONE;
  }

  /**
   * @param raw a path as it was sent: escapes not decoded, no query
   */
  public static Family ofPath(String raw) {
    List<String> segments;
    try {
      segments = segments(raw);
    } catch (IllegalArgumentException _) {
      return NONE;
    }
    if (segments.isEmpty()) {
      return PAGES;
    }
    if (segments.getFirst().startsWith(ANY_ARK)) {
      return HARVEST;
    }
    return TABLE.stream()
        .filter(row -> row.matches(segments))
        .map(Row::family)
        .findFirst()
        .orElse(NONE);
  }

  /**
   * The segments of a path as handlers see them, decoded.
   *
   * @throws IllegalArgumentException when an escape is broken
   */
  static List<String> segments(String raw) {
    return PathContainer.parsePath(raw).elements().stream()
        .filter(PathSegment.class::isInstance)
        .map(segment -> ((PathSegment) segment).valueToMatch())
        .toList();
  }
}
