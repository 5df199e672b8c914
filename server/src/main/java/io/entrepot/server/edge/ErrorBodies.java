// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** The one place that knows what each family's errors look like. */
final class ErrorBodies {

  private static final Pattern POSITION = Pattern.compile("[0-9]{1,9}");

  private ErrorBodies() {}

  /**
   * The JSON body, as maps, lists and plain values in the order they are to be written.
   *
   * @param request the request's id, shown where the fault is ours
   */
  static Map<String, Object> json(Family family, Problem problem, String request) {
    Map<String, Object> body =
        switch (family) {
          case HARVEST -> harvest(problem);
          case BACKUP -> backup(problem);
          case SYNC -> ordered("error", SyncWords.code(problem), "detail", problem.message());
          case WORKSPACES, QUERY ->
              ordered(
                  "error",
                  WorkspacesWords.code(problem),
                  "message",
                  WorkspacesWords.message(problem, request));
          case SESSION -> session(problem);
          case SCHEDULES -> both(problem);
          case DAV, PAGES, SITE, NONE -> union(problem);
        };
    if (problem.isOurFault()) {
      body.put("request_id", request);
    }
    return body;
  }

  /** All families agree on most; two have statuses of their own for what is wrong with a body. */
  static int status(Family family, Problem problem) {
    return switch (family) {
      case BACKUP -> BackupWords.status(problem);
      case WORKSPACES, QUERY -> WorkspacesWords.status(problem);
      case HARVEST, SYNC, SESSION, SCHEDULES, DAV, PAGES, SITE, NONE -> problem.status();
    };
  }

  private static Map<String, Object> harvest(Problem problem) {
    return ordered(
        "detail",
        problem.details().isEmpty()
            ? problem.message()
            : problem.details().stream().map(ErrorBodies::detail).toList());
  }

  private static Map<String, Object> detail(FieldProblem problem) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put("type", problem.type());
    body.put("loc", location(problem));
    body.put("msg", problem.message());
    body.put("input", problem.input());
    if (!problem.context().isEmpty()) {
      body.put("ctx", problem.context());
    }
    return body;
  }

  private static List<Object> location(FieldProblem problem) {
    List<Object> location = new ArrayList<>();
    location.add(problem.place().name().toLowerCase(Locale.ROOT));
    for (String step : problem.path()) {
      location.add(POSITION.matcher(step).matches() ? (Object) Integer.valueOf(step) : step);
    }
    return location;
  }

  private static Map<String, Object> backup(Problem problem) {
    Map<String, List<String>> fields = new LinkedHashMap<>();
    for (FieldProblem detail : problem.details()) {
      fields.computeIfAbsent(field(detail), _ -> new ArrayList<>()).add(detail.message());
    }
    return ordered(
        "status",
        "error",
        "error",
        ordered(
            "code", BackupWords.code(problem), "message", problem.message(), "details", fields));
  }

  private static String field(FieldProblem problem) {
    return problem.path().isEmpty()
        ? problem.place().name().toLowerCase(Locale.ROOT)
        : problem.path().getFirst();
  }

  /** Its clients sign in anew and try once more when they see the flag; some see only the text. */
  private static Map<String, Object> session(Problem problem) {
    if (problem.code() != ErrorCode.SESSION_EXPIRED) {
      return ordered("message", problem.message(), "error_code", problem.code().name());
    }
    return ordered(
        "message",
        problem.message() + " (session_expired:true)",
        "error_code",
        problem.code().name(),
        "session_expired",
        true);
  }

  /** The path is shared, and nothing said whose error it is: both shapes in one body. */
  private static Map<String, Object> both(Problem problem) {
    Map<String, Object> body = harvest(problem);
    body.putAll(backup(problem));
    return body;
  }

  /** Nobody knows which client this is, so every family's client finds its key. */
  private static Map<String, Object> union(Problem problem) {
    Map<String, Object> body = ordered("detail", problem.message(), "error", snake(problem.code()));
    body.put("message", problem.message());
    body.put("status", "error");
    body.put("error_code", problem.code().name());
    return body;
  }

  /** The word of the families that write small, where they have none of their own for a code. */
  static String small(ErrorCode code) {
    boolean conflict =
        code.category() == ErrorCategory.CONFLICT && code != ErrorCode.IDEMPOTENCY_KEY_IN_USE;
    return conflict ? "conflict" : snake(code);
  }

  private static String snake(ErrorCode code) {
    return switch (code) {
      case UNAUTHENTICATED, SESSION_EXPIRED -> "unauthorized";
      case INVALID_FIELD -> "validation_error";
      default -> code.name().toLowerCase(Locale.ROOT);
    };
  }

  private static Map<String, Object> ordered(String key, Object value) {
    Map<String, Object> body = new LinkedHashMap<>();
    body.put(key, value);
    return body;
  }

  private static Map<String, Object> ordered(String a, Object first, String b, Object second) {
    Map<String, Object> body = ordered(a, first);
    body.put(b, second);
    return body;
  }

  private static Map<String, Object> ordered(
      String a, Object first, String b, Object second, String c, Object third) {
    Map<String, Object> body = ordered(a, first, b, second);
    body.put(c, third);
    return body;
  }
}
