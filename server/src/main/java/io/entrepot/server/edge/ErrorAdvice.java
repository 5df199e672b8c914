// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.AuthenticationException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;
import org.springframework.web.context.request.async.AsyncRequestNotUsableException;

/**
 * Every failure of every controller, and of finding one, ends here; but one amid an answer of which
 * a part has left breaks the connection off, so that the part is not taken for the whole.
 */
@RestControllerAdvice
final class ErrorAdvice {

  private final ErrorWriter errors;
  private final Failures failures;

  ErrorAdvice(ErrorWriter errors, Failures failures) {
    this.errors = errors;
    this.failures = failures;
  }

  @ExceptionHandler(Exception.class)
  void tell(Exception failure, HttpServletRequest request, HttpServletResponse response)
      throws Exception {
    Problem problem = failures.problem(failure);
    if (response.isCommitted()) {
      throw failure;
    }
    errors.write(request, response, problem);
  }

  /** The chain answers these. */
  @ExceptionHandler({AccessDeniedException.class, AuthenticationException.class})
  void passOn(RuntimeException failure) {
    throw failure;
  }

  /** The caller has gone: there is nobody to tell. */
  @ExceptionHandler(AsyncRequestNotUsableException.class)
  void leave(HttpServletResponse gone) {}
}
