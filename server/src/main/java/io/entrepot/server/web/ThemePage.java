// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.edge.ChosenTheme;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Duration;
import org.springframework.http.HttpHeaders;
import org.springframework.http.ResponseCookie;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Light, dark, or as the system is: remembered by the browser. */
@Controller
final class ThemePage {

  private static final Duration KEPT = Duration.ofDays(400);

  @PostMapping("/ui/theme")
  String choose(
      @RequestParam("theme") String theme,
      @RequestParam(name = "back", defaultValue = "/ui/") String back,
      HttpServletResponse response) {
    boolean known = ChosenTheme.ALL.contains(theme);
    ResponseCookie cookie =
        ResponseCookie.from(ChosenTheme.COOKIE, known ? theme : "")
            .sameSite("Lax")
            .path("/")
            .maxAge(known ? KEPT : Duration.ZERO)
            .build();
    response.addHeader(HttpHeaders.SET_COOKIE, cookie.toString());
    return "redirect:" + LocalPath.of(back);
  }
}
