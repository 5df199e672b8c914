// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import org.springframework.http.ResponseEntity;

/**
 * An error of the account doors, which name theirs by a code.
 *
 * @param detail the code, or a {@link Reason}
 */
record Detail(Object detail) {

  record Reason(String code, String reason) {}

  static ResponseEntity<Detail> of(String code) {
    return ResponseEntity.badRequest().body(new Detail(code));
  }

  static ResponseEntity<Detail> of(String code, Throwable reason) {
    return ResponseEntity.badRequest()
        .body(new Detail(new Reason(code, String.valueOf(reason.getMessage()))));
  }
}
