// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;

/** The answer to a deletion: 204 without a body, or the envelope for clients that want one. */
final class Gone {

  private static final String WANTS_BODY = "return=representation";

  private Gone() {}

  /** As {@code Prefer: return=representation} or {@code ?envelope=true} ask for it. */
  static ResponseEntity<Ok<@Nullable Void>> answer(HttpServletRequest request, String message) {
    boolean preferred =
        Collections.list(request.getHeaders("Prefer")).stream()
            .anyMatch(value -> value.replace(" ", "").contains(WANTS_BODY));
    String query = String.valueOf(request.getQueryString());
    return preferred || ("&" + query + "&").contains("&envelope=true&")
        ? ResponseEntity.ok(Ok.of(null, message))
        : ResponseEntity.noContent().build();
  }
}
