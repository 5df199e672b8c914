// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.RetryAdvice;
import io.entrepot.base.RetryLaterException;
import java.util.Optional;
import org.eclipse.jetty.http.HttpException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.TransientDataAccessException;
import org.springframework.http.HttpStatusCode;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.jdbc.CannotGetJdbcConnectionException;
import org.springframework.security.web.firewall.RequestRejectedException;
import org.springframework.stereotype.Component;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.HttpMediaTypeNotSupportedException;
import org.springframework.web.HttpRequestMethodNotSupportedException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.servlet.resource.NoResourceFoundException;
import tools.jackson.core.JacksonException;

/**
 * Turns whatever was thrown into a problem; logs what is our fault, and every failure of integrity,
 * once, with its stack.
 */
@Component
final class Failures {

  private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
  private static final int REQUEST_TIMEOUT = 408;
  static final String RETRY_AFTER_SECONDS = "5";

  /** Somebody has to do something first. */
  private static final String RETRY_AFTER_CHANGE_SECONDS = "60";

  Problem problem(Throwable failure) {
    return switch (failure) {
      case InvalidFieldsException e -> Problem.invalid(e);
      case RetryLaterException e ->
          Problem.of(e.code(), String.valueOf(e.getMessage()))
              .withHeader("Retry-After", Long.toString(e.seconds()));
      case ByteRange.Unsatisfiable e -> known(e).withHeader("Content-Range", e.header());
      case EntrepotException e -> known(e);
      case MethodArgumentTypeMismatchException e -> invalid(Conversions.of(e));
      case MissingServletRequestParameterException e ->
          invalid(Conversions.missing(e.getParameterName()));
      case HttpMessageNotReadableException e -> unreadable(e);
      case JacksonException e -> invalid(Conversions.of(e));
      case NoResourceFoundException _ -> Problem.of(ErrorCode.NOT_FOUND, "Not Found");
      case HttpRequestMethodNotSupportedException e -> method(e);
      case HttpMediaTypeNotSupportedException e -> mediaType(e);
      // Of a header that is looked at for the first time behind the doors.
      case RequestRejectedException _ ->
          Problem.of(ErrorCode.BAD_REQUEST, "A header holds characters that are not allowed");
      case ErrorResponse e -> standard(e.getStatusCode(), failure);
      default -> unexpected(failure);
    };
  }

  private static Problem invalid(FieldProblem problem) {
    return Problem.invalid(new InvalidFieldsException(problem));
  }

  private Problem known(EntrepotException failure) {
    Problem problem = Problem.of(failure.code(), String.valueOf(failure.getMessage()));
    if (problem.isOurFault()) {
      return ourFault(failure);
    }
    if (failure.code().category() == ErrorCategory.INTEGRITY) {
      LOG.error("{}: {}", failure.code(), failure.getMessage(), failure);
    }
    boolean busy = problem.status() == 429 || problem.status() == 503;
    return busy ? problem.withHeader("Retry-After", patience(failure.code())) : problem;
  }

  private static String patience(ErrorCode code) {
    return code.retry() == RetryAdvice.SOON ? RETRY_AFTER_SECONDS : RETRY_AFTER_CHANGE_SECONDS;
  }

  private Problem unreadable(HttpMessageNotReadableException failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof EntrepotException || cause instanceof JacksonException) {
        return problem(cause);
      }
    }
    return connection(failure).orElseGet(() -> invalid(Conversions.absentBody()));
  }

  private static Problem method(HttpRequestMethodNotSupportedException failure) {
    String[] served = failure.getSupportedMethods();
    Problem problem = Problem.of(ErrorCode.METHOD_NOT_ALLOWED, "Method Not Allowed");
    return served == null ? problem : problem.withHeader("Allow", Endpoints.allowed(served));
  }

  private static Problem mediaType(HttpMediaTypeNotSupportedException failure) {
    return Problem.of(
        ErrorCode.UNSUPPORTED_MEDIA_TYPE,
        (failure.getContentType() == null
                ? "Content-Type is missing"
                : "Content-Type " + failure.getContentType() + " is not understood here")
            + "; send application/json");
  }

  private Problem standard(HttpStatusCode status, Throwable failure) {
    return switch (status.value()) {
      case 404 -> Problem.of(ErrorCode.NOT_FOUND, "Not Found");
      case 406 ->
          Problem.of(
              ErrorCode.NOT_ACCEPTABLE, "None of the types in the Accept header is made here");
      case 413 -> Problem.of(ErrorCode.TOO_LARGE, "The body is larger than is allowed here");
      case 503 -> Problem.of(ErrorCode.OVERLOADED, "The server is busy; try again");
      default ->
          status.is4xxClientError()
              ? Problem.withStatus(
                  ErrorCode.BAD_REQUEST, status.value(), "The request is not understood")
              : ourFault(failure);
    };
  }

  private Problem unexpected(Throwable failure) {
    if (isBusy(failure)) {
      LOG.warn("the database did not answer", failure);
      return known(new EntrepotException(ErrorCode.OVERLOADED, "The database is busy; try again"));
    }
    return connection(failure).or(() -> malformed(failure)).orElseGet(() -> ourFault(failure));
  }

  /** A body that stopped coming is the caller's doing; what else took too long is ours. */
  private static Optional<Problem> connection(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof BrokenBodyException broken) {
        return Optional.of(
            broken.isLate()
                ? Problem.withStatus(
                    ErrorCode.TIMED_OUT, REQUEST_TIMEOUT, "The body did not arrive in time")
                : Problem.of(ErrorCode.BAD_REQUEST, "The body ended before it was complete"));
      }
    }
    return Optional.empty();
  }

  /** A database that is busy, or away for a moment, is no fault of the program. */
  private static boolean isBusy(Throwable failure) {
    return failure instanceof TransientDataAccessException
        || failure instanceof CannotGetJdbcConnectionException
        || failure instanceof CannotCreateTransactionException;
  }

  /** A form that is none, which is only noticed where somebody asks for a field of it. */
  private static Optional<Problem> malformed(Throwable failure) {
    return failure instanceof HttpException refused
            && HttpStatusCode.valueOf(refused.getCode()).is4xxClientError()
        ? Optional.of(
            // What is left of such a body is not read, so nothing can follow it.
            Problem.of(ErrorCode.BAD_REQUEST, "The body is not of the kind its Content-Type says")
                .withHeader("Connection", "close"))
        : Optional.empty();
  }

  private static Problem ourFault(Throwable failure) {
    LOG.error("a request failed", failure);
    return Problem.of(ErrorCode.INTERNAL_ERROR, "Internal Server Error");
  }
}
