// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import io.entrepot.server.settings.EntrepotSettings;
import io.entrepot.server.settings.EntrepotSettings.SecureCookies;
import jakarta.servlet.http.HttpServletRequest;
import java.time.Duration;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Component;

/** The cookie that keeps a browser signed in: no script can read it, no other site can send it. */
@Component
public final class SessionCookie {

  public static final String NAME = "streamweave_auth";

  /** Its other name, which clients of the backup family know. */
  public static final String BACKUP_NAME = "auth_token";

  private final SecureCookies secure;

  SessionCookie(EntrepotSettings settings) {
    this.secure = settings.login().secureCookies();
  }

  /** The value of a {@code Set-Cookie} header that signs the browser in. */
  public String of(HttpServletRequest request, String token, Duration life) {
    return of(NAME, request, token, life);
  }

  /** As the other, under one of its two names. */
  public String of(String name, HttpServletRequest request, String token, Duration life) {
    return cookie(name, request, token, life);
  }

  /** The value of a {@code Set-Cookie} header that makes the browser forget. */
  public String forgotten(HttpServletRequest request) {
    return forgotten(NAME, request);
  }

  /** As the other, under one of its two names. */
  public String forgotten(String name, HttpServletRequest request) {
    return cookie(name, request, "", Duration.ZERO);
  }

  private String cookie(String name, HttpServletRequest request, String token, Duration life) {
    return cookie(name, "/", request, token, life);
  }

  /**
   * A cookie with the same protection, for some pages only. The browser also sends it when another
   * site sends people back there.
   *
   * @param path of these pages
   * @param life zero makes the browser forget it
   */
  public String cookie(
      String name, String path, HttpServletRequest request, String value, Duration life) {
    boolean tlsOnly =
        switch (secure) {
          case ALWAYS -> true;
          case AUTO -> request.isSecure();
        };
    return ResponseCookie.from(name, value)
        .httpOnly(true)
        .sameSite("Lax")
        .secure(tlsOnly)
        .path(path)
        .maxAge(life)
        .build()
        .toString();
  }
}
