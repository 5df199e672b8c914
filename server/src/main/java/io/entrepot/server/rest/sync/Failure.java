// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.sync;

import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;

/**
 * A failure that this family has a word of its own for.
 *
 * @param error the word
 * @param detail for a person
 */
record Failure(String error, String detail) {

  static ResponseEntity<Failure> of(HttpStatus status, String error, Throwable why) {
    return ResponseEntity.status(status).body(new Failure(error, String.valueOf(why.getMessage())));
  }
}
