// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may read figures about the server without an account: programs on this machine, and whoever
 * has the token for it.
 */
@Component
final class MonitorAccess {

  private static final String BEARER = "Bearer ";

  private final byte[] token;

  MonitorAccess(EntrepotSettings settings) {
    this.token = settings.metrics().token().getBytes(StandardCharsets.UTF_8);
  }

  boolean allows(HttpServletRequest request) {
    return LocalCallers.isOnThisMachine(request) || hasToken(request.getHeader("Authorization"));
  }

  private boolean hasToken(@Nullable String header) {
    return token.length > 0
        && header != null
        && header.startsWith(BEARER)
        && MessageDigest.isEqual(
            header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8), token);
  }
}
