// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.IdSource;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.slf4j.MDC;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Gives each request a name that stands in its answer, in every log line it causes, and in the body
 * when the fault is ours. A caller may bring one; an unusable one is replaced.
 */
@Component
@Order(FilterOrder.REQUEST_ID)
final class RequestIds extends OncePerRequestFilter {

  static final String HEADER = "X-Request-Id";

  private static final String KEY = "request";
  private static final String ATTRIBUTE = RequestIds.class.getName();
  private static final Pattern USABLE = Pattern.compile("[A-Za-z0-9._-]{1,64}");

  private final IdSource ids;

  RequestIds(IdSource ids) {
    this.ids = ids;
  }

  /** The id of this request; a dash when it was refused before it got one. */
  static String of(HttpServletRequest request) {
    return request.getAttribute(ATTRIBUTE) instanceof String id ? id : "-";
  }

  /**
   * What a request is called.
   *
   * @param brought by its caller
   */
  String name(@Nullable String brought) {
    return brought != null && USABLE.matcher(brought).matches() ? brought : ids.next().hex();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String id = name(request.getHeader(HEADER));
    request.setAttribute(ATTRIBUTE, id);
    response.setHeader(HEADER, id);
    MDC.put(KEY, id);
    try {
      chain.doFilter(request, response);
    } finally {
      MDC.remove(KEY);
    }
  }
}
