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

/**
 * What Jetty refuses by itself, before any servlet: told as JSON, in the family's shape if known.
 */
final class JettyErrors extends ErrorHandler {

  private final ErrorWriter errors;

  JettyErrors(ErrorWriter errors) {
    this.errors = errors;
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
    answer(errors, request, response, status, callback);
  }

  private static void answer(
      ErrorWriter errors, Request request, Response response, int status, Callback callback) {
    Problem problem = problem(status);
    Family family = Family.ofPath(String.valueOf(request.getHttpURI().getPath()));
    response.getHeaders().put(HttpHeader.CONTENT_TYPE, ErrorWriter.JSON);
    response.getHeaders().put("X-Content-Type-Options", "nosniff");
    problem.headers().forEach(response.getHeaders()::put);
    response.write(true, ByteBuffer.wrap(errors.bytes(family, problem, "-")), callback);
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

    OfServlets(ErrorWriter errors) {
      this.errors = errors;
    }

    @Override
    public boolean errorPageForMethod(String method) {
      return true;
    }

    @Override
    public boolean handle(Request request, Response response, Callback callback) {
      answer(errors, request, response, response.getStatus(), callback);
      return true;
    }
  }
}
