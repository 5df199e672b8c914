// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import java.util.Map;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * A failure that this family has a code of its own for.
 *
 * @param status always {@code error}
 */
record Failure(String status, Error error) {

  /**
   * What went wrong.
   *
   * @param message for a person
   */
  record Error(String code, String message, Map<String, Object> details) {}

  static ResponseEntity<Failure> of(HttpStatus status, String code, Throwable why) {
    return ResponseEntity.status(status)
        .body(new Failure("error", new Error(code, String.valueOf(why.getMessage()), Map.of())));
  }
}
