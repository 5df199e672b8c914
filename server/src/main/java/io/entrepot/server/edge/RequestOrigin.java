// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.identity.Origin;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Objects;

/** Where a request comes from, for whoever counts or remembers sign-ins. */
public final class RequestOrigin {

  private RequestOrigin() {}

  /**
   * The address of the connection, or whom a proxy of ours acts for; headers of others are not
   * believed.
   */
  public static Origin of(HttpServletRequest request) {
    return new Origin(
        request.getRemoteAddr(), Objects.requireNonNullElse(request.getHeader("User-Agent"), ""));
  }
}
