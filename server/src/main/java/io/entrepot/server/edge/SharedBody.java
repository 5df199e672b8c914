// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.databind.json.JsonMapper;

/**
 * Looks into what is posted to the path that two families share, for it says whose schedule it is
 * to be. That has to be known before anybody is asked whether the caller may make one; of somebody
 * unknown nothing is read.
 */
final class SharedBody extends OncePerRequestFilter {

  private static final String OF_HARVEST = "instrument_id";
  private static final String OF_BACKUP = "repository_id";
  private static final JsonMapper JSON = JsonMapper.shared();

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return !request.getMethod().equals("POST")
        || Family.ofPath(request.getRequestURI()) != Family.SCHEDULES
        || Endpoints.covering(request.getRequestURI()).stream()
            .noneMatch(row -> row.serves("POST") && row.serves("GET"))
        || request.getContentLengthLong() > BodyLimits.USUAL
        || !(SecurityContextHolder.getContext().getAuthentication() instanceof SignedInToken);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    byte[] body = new LimitedRequest(request, BodyLimits.USUAL).getInputStream().readAllBytes();
    Set<String> named = named(body);
    if (!named.isEmpty()) {
      SharedPath.settled(request, family(named));
    }
    chain.doFilter(new ReadRequest(request, body), response);
  }

  /** That it names both. */
  static InvalidFieldsException ofBoth() {
    String message =
        "A schedule belongs to an instrument or to a repository; send one of them, not both";
    return new InvalidFieldsException(
        List.of(
            FieldProblem.of(OF_HARVEST, "conflict", message, null),
            FieldProblem.of(OF_BACKUP, "conflict", message, null)));
  }

  private static Family family(Set<String> named) {
    if (named.size() > 1) {
      return Family.SCHEDULES;
    }
    return named.contains(OF_HARVEST) ? Family.HARVEST : Family.BACKUP;
  }

  /** Which of the two members it has, by name; of what is no JSON, neither. */
  private static Set<String> named(byte[] body) {
    Set<String> named = new TreeSet<>();
    try (JsonParser json = JSON.createParser(body)) {
      if (json.nextToken() != JsonToken.START_OBJECT) {
        return Set.of();
      }
      for (String name = json.nextName(); name != null; name = json.nextName()) {
        boolean said = json.nextToken() != JsonToken.VALUE_NULL;
        if (said && (name.equals(OF_HARVEST) || name.equals(OF_BACKUP))) {
          named.add(name);
        }
        json.skipChildren();
      }
      return named;
    } catch (JacksonException notJson) {
      return Set.of();
    }
  }
}
