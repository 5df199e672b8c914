// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.edge.ChosenTheme;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.notices.Inbox;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** Gives every page its frame. */
@ControllerAdvice(basePackageClasses = PageFrames.class)
final class PageFrames {

  private final Runs runs;
  private final Inbox inbox;

  PageFrames(Runs runs, Inbox inbox) {
    this.runs = runs;
    this.inbox = inbox;
  }

  @ModelAttribute("frame")
  PageFrame frame(@AuthenticationPrincipal @Nullable Actor actor, HttpServletRequest request) {
    String theme = ChosenTheme.of(request);
    return new PageFrame(
        actor == null ? null : actor.email(),
        actor != null && actor.isAdmin(),
        theme,
        theme == null ? "dark" : theme.equals("dark") ? "light" : "system",
        actor == null ? 0 : runs.count(actor, JobsPage.ACTIVE),
        actor == null ? 0 : inbox.unread(actor),
        path(request),
        Done.words(request.getParameter(Done.PARAMETER)));
  }

  /** Whoever comes back is not told once more what was done. */
  private static String path(HttpServletRequest request) {
    String query = request.getQueryString();
    String rest = query == null ? "" : query.replaceFirst("(^|&)" + Done.PARAMETER + "=[^&]*", "");
    return request.getRequestURI() + (rest.isEmpty() ? "" : "?" + rest);
  }
}
