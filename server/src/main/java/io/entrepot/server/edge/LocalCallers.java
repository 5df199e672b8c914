// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;
import org.springframework.stereotype.Component;

/**
 * Programs on this machine, which the sync door knows without a credential where an operator allows
 * it. A request that came through a proxy, or was aimed at another name, is none of theirs; a proxy
 * that adds no header cannot be told from such a program.
 */
@Component
public final class LocalCallers {

  /** A browser that was led here under a name of somebody else's says that name. */
  private static final Pattern NAMES = Pattern.compile("localhost|127\\.[0-9.]+|::1|\\[::1]");

  /** What proxies say about the caller they act for, who may be anywhere. */
  private static final Set<String> PROXIES = Set.of("forwarded", "x-real-ip", "via");

  private static final String PROXY_PREFIX = "x-forwarded-";

  private final boolean allowed;

  LocalCallers(EntrepotSettings settings) {
    this.allowed = settings.sync().localCallers();
  }

  public boolean isOne(HttpServletRequest request) {
    return allowed && isOnThisMachine(request);
  }

  /** Whether a program on this machine sent it here itself. */
  static boolean isOnThisMachine(HttpServletRequest request) {
    return request.getHeader("Host") != null
        && isLoopback(request.getRemoteAddr())
        && isLoopback(request.getLocalAddr())
        && NAMES.matcher(request.getServerName().toLowerCase(Locale.ROOT)).matches()
        && Collections.list(request.getHeaderNames()).stream()
            .noneMatch(LocalCallers::isAddedByProxy);
  }

  private static boolean isAddedByProxy(String header) {
    String name = header.toLowerCase(Locale.ROOT);
    return PROXIES.contains(name) || name.startsWith(PROXY_PREFIX);
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.ofLiteral(address).isLoopbackAddress();
    } catch (IllegalArgumentException _) {
      return false;
    }
  }
}
