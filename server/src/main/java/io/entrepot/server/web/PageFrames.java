// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.notices.Inbox;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.util.WebUtils;

/** Gives every page its frame. */
@ControllerAdvice(basePackageClasses = PageFrames.class)
final class PageFrames {

  /** Also read by the scripts of the documentation viewers, and no secret. */
  static final String THEME_COOKIE = "entrepot_theme";

  static final Set<String> THEMES = Set.of("light", "dark");

  private final Runs runs;
  private final Inbox inbox;

  PageFrames(Runs runs, Inbox inbox) {
    this.runs = runs;
    this.inbox = inbox;
  }

  @ModelAttribute("frame")
  PageFrame frame(@AuthenticationPrincipal @Nullable Actor actor, HttpServletRequest request) {
    String theme = theme(request);
    return new PageFrame(
        actor == null ? null : actor.email(),
        actor != null && actor.isAdmin(),
        theme,
        theme == null ? "dark" : theme.equals("dark") ? "light" : "system",
        actor == null ? 0 : runs.count(actor, JobsPage.ACTIVE),
        actor == null ? 0 : inbox.unread(actor),
        request.getRequestURI()
            + (request.getQueryString() == null ? "" : "?" + request.getQueryString()));
  }

  private static @Nullable String theme(HttpServletRequest request) {
    var cookie = WebUtils.getCookie(request, THEME_COOKIE);
    return cookie != null && THEMES.contains(cookie.getValue()) ? cookie.getValue() : null;
  }
}
