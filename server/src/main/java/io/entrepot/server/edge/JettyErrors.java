// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.ErrorCode;
import java.nio.ByteBuffer;
import org.eclipse.jetty.ee11.servlet.ErrorPageErrorHandler;
import org.eclipse.jetty.http.HttpHeader;
import org.eclipse.jetty.server.Request;
import org.eclipse.jetty.server.Response;
import org.eclipse.jetty.server.handler.ErrorHandler;
import org.eclipse.jetty.util.Callback;
import org.jspecify.annotations.Nullable;

/** What Jetty refuses by itself, before any servlet: told in the family's shape if known. */
final class JettyErrors extends ErrorHandler {

  private final ErrorWriter errors;
  private final RequestIds ids;

  JettyErrors(ErrorWriter errors, RequestIds ids) {
    this.errors = errors;
    this.ids = ids;
  }

  @Override
  public boolean errorPageForMethod(String method) {
    return true;
  }

  @Override
  protected void generateResponse(
      Request request,
      Response response,
      int status,
      @Nullable String message,
      @Nullable Throwable cause,
      Callback callback) {
    answer(errors, ids, request, response, status, callback);
  }

  private static void answer(
      ErrorWriter errors,
      RequestIds ids,
      Request request,
      Response response,
      int status,
      Callback callback) {
    Problem problem = problem(status);
    Family family = Family.ofTarget(AskedTargets.of(request));
    String given = response.getHeaders().get(RequestIds.HEADER);
    String id = given == null ? ids.name(request.getHeaders().get(RequestIds.HEADER)) : given;
    response.getHeaders().put(RequestIds.HEADER, id);
    ErrorWriter.Told told = errors.told(family, problem, id, null);
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, told.type());
    response.getHeaders().put("Content-Security-Policy", ContentSecurity.of(family));
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    problem.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(told.body()), callback);
  }

  private static Problem problem(int status) {
    return switch (status) {
      case 404 -> Problem.of(ErrorCode.NOT_FOUND, "Not Found");
      case 405 -> Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "Method Not Allowed");
      case 408 ->
          Problem.withStatus(ErrorCode.TIMED_OUT, status, "The request did not arrive in time");
      case 413, 414, 431 ->
          Problem.withStatus(
              ErrorCode.TOO_LARGE, status, "The request line or a header is too long");
      case 503 ->
          Problem.of(ErrorCode.SHUTTING_DOWN, "The server is starting or stopping; try again")
              .withHeader("Retry-After", Failures.RETRY_AFTER_SECONDS);
      default ->
          status >= 500 && status != 505
              ? Problem.withStatus(ErrorCode.INTERNAL_ERROR, status, "Internal Server Error")
              : Problem.withStatus(ErrorCode.BAD_REQUEST, status, "The request is not valid HTTP");
    };
  }

  /** The same, for what the servlet container refuses or what escapes all filters. */
  static final class OfServlets extends ErrorPageErrorHandler {

    private final ErrorWriter errors;
    private final RequestIds ids;

    OfServlets(ErrorWriter errors, RequestIds ids) {
      this.errors = errors;
      this.ids = ids;
    }

    @Override
    public boolean errorPageForMethod(String method) {
      return true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      answer(errors, ids, request, response, response.getStatus(), callback);
      return true;
    }
  }
}
