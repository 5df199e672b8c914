// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.server.rest.fields.BodyFields;
import org.springframework.http.ResponseEntity.BodyBuilder;

/** Names the fields of a request that were not understood, so that a misspelt one can be found. */
final class Ignored {

  private static final String HEADER = "X-Entrepot-Ignored-Fields";

  private Ignored() {}

  static BodyBuilder named(BodyBuilder answer, BodyFields body) {
    return body.ignored().isEmpty()
        ? answer
        : answer.header(HEADER, String.join(", ", body.ignored()));
  }
}
