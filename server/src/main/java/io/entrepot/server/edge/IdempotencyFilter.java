// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.edge.answers.Answer;
import io.entrepot.server.edge.answers.Answers;
import io.entrepot.server.edge.answers.Asked;
import io.entrepot.server.edge.answers.Claim;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;
import org.springframework.web.util.ContentCachingResponseWrapper;

/**
 * Carries a request with an {@code Idempotency-Key} out once, however often it is sent, and gives
 * each the answer of the first. Which endpoints take a key, {@link Endpoint} says.
 *
 * <p>Runs after the caller is known to be allowed, the request to be sound and its body to end. A
 * fault of the server and a "not now" are no answer: the next one is carried out.
 */
final class IdempotencyFilter extends OncePerRequestFilter {

  private static final Logger LOG = LoggerFactory.getLogger(IdempotencyFilter.class);

  private static final String KEY = "Idempotency-Key";
  private static final Pattern WELL_FORMED = Pattern.compile("[ -~]{1,255}");

  /** What others call it, so that their clients know it. */
  private static final String REPLAYED = "Idempotent-Replayed";

  /** Never a cookie; the others are of the moment and set for each answer anew. */
  private static final List<String> KEPT_HEADERS =
      List.of("Content-Type", "Location", "ETag", "X-Entrepot-Ignored-Fields");

  private static final int TOO_MANY_REQUESTS = 429;
  private static final String RETRY_AFTER_SECONDS = "5";

  private final Answers answers;
  private final ErrorWriter errors;

  IdempotencyFilter(Answers answers, ErrorWriter errors) {
    this.answers = answers;
    this.errors = errors;
  }

  @Override
  protected boolean shouldNotFilter(HttpServletRequest request) {
    return request.getHeader(KEY) == null
        || Endpoints.find(request)
            .filter(row -> row.takesIdempotencyKey(request.getMethod()))
            .isEmpty();
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    List<String> keys = Collections.list(request.getHeaders(KEY));
    if (keys.size() > 1 || !WELL_FORMED.matcher(keys.getFirst()).matches()) {
      errors.write(request, response, malformed());
      return;
    }
    byte[] body = request.getInputStream().readAllBytes();
    switch (answers.claim(asked(request, keys.getFirst(), body))) {
      case Claim.Yours(var claim) ->
          carryOut(claim, new ReadRequest(request, body), response, chain);
      case Claim.Answered(var answer) -> replay(answer, response);
      case Claim.Running() -> errors.write(request, response, running());
      case Claim.Different() -> errors.write(request, response, different());
      case Claim.Unreadable() -> errors.write(request, response, unreadable());
    }
  }

  private static Asked asked(HttpServletRequest request, String key, byte[] body) {
    if (SecurityContextHolder.getContext().getAuthentication() instanceof SignedInToken who) {
      return Asked.of(
          who.getPrincipal().account(),
          request.getMethod() + " " + request.getRequestURI(),
          key,
          Objects.requireNonNullElse(request.getQueryString(), ""),
          body);
    }
    throw new IllegalStateException("an endpoint that takes a key is open to nobody unknown");
  }

  private void carryOut(
      Id claim, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    ContentCachingResponseWrapper held = new ContentCachingResponseWrapper(response);
    try {
      chain.doFilter(request, held);
    } catch (IOException | ServletException | RuntimeException failure) {
      end(() -> answers.release(claim));
      throw failure;
    }
    // Before it is sent: whoever has it and asks again finds it.
    end(
        isAnswer(held.getStatus())
            ? () -> answers.keep(claim, answer(held))
            : () -> answers.release(claim));
    held.copyBodyToResponse();
  }

  /** What was done was done: who asked is told so, whether or not that can be kept. */
  private static void end(Runnable claim) {
    try {
      claim.run();
    } catch (RuntimeException e) {
      LOG.error(
          "What came of a request with an Idempotency-Key was not kept. For five minutes it counts"
              + " as being carried out; sent again later, it has its effect a second time.",
          e);
    }
  }

  private static boolean isAnswer(int status) {
    return status < HttpServletResponse.SC_INTERNAL_SERVER_ERROR && status != TOO_MANY_REQUESTS;
  }

  private static Answer answer(ContentCachingResponseWrapper held) {
    Map<String, String> headers = new LinkedHashMap<>();
    for (String name : KEPT_HEADERS) {
      String value = held.getHeader(name);
      if (value != null) {
        headers.put(name, value);
      }
    }
    return new Answer(held.getStatus(), headers, held.getContentAsByteArray());
  }

  private static void replay(Answer answer, HttpServletResponse response) throws IOException {
    response.setStatus(answer.status());
    answer.headers().forEach(response::setHeader);
    response.setHeader(REPLAYED, "true");
    response.getOutputStream().write(answer.body());
  }

  private static Problem malformed() {
    return Problem.of(
        ErrorCode.BAD_REQUEST,
        KEY + " has to be one header of 1 to 255 printable ASCII characters");
  }

  private static Problem running() {
    return Problem.of(
            ErrorCode.IDEMPOTENCY_KEY_IN_USE,
            "The first request with this "
                + KEY
                + " is still being carried out; wait, then send it again")
        .withHeader("Retry-After", RETRY_AFTER_SECONDS);
  }

  private static Problem different() {
    return Problem.of(
        ErrorCode.IDEMPOTENCY_KEY_REUSED,
        "Another request was sent with this " + KEY + "; choose a new one for a new request");
  }

  private static Problem unreadable() {
    return Problem.of(
        ErrorCode.CONFLICT_STATE,
        "What came of the first request with this "
            + KEY
            + " cannot be read any more, for the server's key file was replaced since; look whether"
            + " it had its effect, and choose a new key if it had not");
  }
}
