// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import org.springframework.stereotype.Component;

/**
 * Programs on this machine, which the sync door knows without a credential where an operator allows
 * it. A request that came through a proxy, or was aimed at another name, is none of theirs.
 */
@Component
public final class LocalCallers {

  private static final Set<String> NAMES = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

  private final boolean allowed;

  LocalCallers(EntrepotSettings settings) {
    this.allowed = settings.sync().localCallers();
  }

  public boolean isOne(HttpServletRequest request) {
    return allowed
        && isLoopback(request.getRemoteAddr())
        && isLoopback(request.getLocalAddr())
        && NAMES.contains(request.getServerName().toLowerCase(Locale.ROOT))
        && Collections.list(request.getHeaderNames()).stream()
            .noneMatch(LocalCallers::isAddedByProxy);
  }

  private static boolean isAddedByProxy(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return name.equals("forwarded") || name.startsWith("x-forwarded-");
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
