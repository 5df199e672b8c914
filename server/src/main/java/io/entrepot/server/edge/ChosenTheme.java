// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/** Light or dark, as somebody chose for the pages: remembered by the browser. */
public final class ChosenTheme {

  /** Also read by the scripts of the documentation viewers, and no secret. */
  public static final String COOKIE = "entrepot_theme";

  public static final Set<String> ALL = Set.of("light", "dark");

  private ChosenTheme() {}

  /** Null follows the system. */
  public static @Nullable String of(HttpServletRequest request) {
    var cookie = WebUtils.getCookie(request, COOKIE);
    return cookie != null && ALL.contains(cookie.getValue()) ? cookie.getValue() : null;
  }
}
