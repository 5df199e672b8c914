// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.settings.EntrepotSettings;
import jakarta.servlet.http.HttpServletRequest;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/**
 * Who may read figures about the server without an account: programs on this machine, and whoever
 * has the token for it.
 */
@Component
final class MonitorAccess {

  /** What proxies say about the caller they act for, who may be anywhere. */
  private static final List<String> PROXIES =
      List.of("Forwarded", "X-Forwarded-For", "X-Forwarded-Host", "X-Real-IP", "Via");

  /** A browser that was led here under a name of somebody else's says that name. */
  private static final Pattern LOCAL_HOST =
      Pattern.compile("(localhost|127\\.[0-9.]+|\\[::1\\])(:[0-9]+)?");

  private static final String BEARER = "Bearer ";

  private final byte[] token;

  MonitorAccess(EntrepotSettings settings) {
    this.token = settings.metrics().token().getBytes(StandardCharsets.UTF_8);
  }

  boolean allows(HttpServletRequest request) {
    return isFromHere(request) || hasToken(request.getHeader("Authorization"));
  }

  private static boolean isFromHere(HttpServletRequest request) {
    String host = request.getHeader("Host");
    return host != null
        && LOCAL_HOST.matcher(host).matches()
        && PROXIES.stream().allMatch(name -> request.getHeader(name) == null)
        && isLoopback(request.getRemoteAddr());
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException _) {
      return false;
    }
  }

  private boolean hasToken(@Nullable String header) {
    return token.length > 0
        && header != null
        && header.startsWith(BEARER)
        && MessageDigest.isEqual(
            header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8), token);
  }
}
