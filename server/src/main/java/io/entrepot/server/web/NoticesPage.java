// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.identity.Actor;
import io.entrepot.server.notices.Inbox;
import io.entrepot.server.notices.Notice;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;

/** What the signed-in person was told. */
@Controller
@RequestMapping("/ui/notices")
final class NoticesPage {

  private static final String ADDRESS = "/ui/notices";

  /** Where a person looks at what the API has under the other address. */
  private static final Map<String, String> PAGES =
      Map.of(
          "/api/runs/", "/ui/jobs/",
          "/api/files/", "/ui/files/",
          "/api/instruments/", "/ui/instruments/",
          "/api/instrument-requests/", "/ui/instrument-requests/",
          "/ui/", "/ui/");

  private final Inbox inbox;
  private final Words words;

  NoticesPage(Inbox inbox, Words words) {
    this.inbox = inbox;
    this.words = words;
  }

  /**
   * A notice.
   *
   * @param link a page where more is to be seen; null where there is none
   */
  record Row(
      String id, String title, String message, @Nullable String link, boolean read, Moment told) {}

  @GetMapping
  String list(@AuthenticationPrincipal Actor actor, Model model) {
    model.addAttribute("rows", inbox.list(actor).stream().map(this::row).toList());
    return "notices";
  }

  private Row row(Notice notice) {
    return new Row(
        PageIds.text(notice.id()),
        notice.title(),
        notice.message(),
        page(notice.link()).orElse(null),
        notice.readAt() != null,
        words.moment(notice.createdAt()));
  }

  private static Optional<String> page(@Nullable String link) {
    return PAGES.entrySet().stream()
        .filter(entry -> link != null && link.startsWith(entry.getKey()))
        .map(entry -> entry.getValue() + String.valueOf(link).substring(entry.getKey().length()))
        .findFirst();
  }

  @PostMapping("/read-all")
  String readAll(@AuthenticationPrincipal Actor actor) {
    inbox.readAll(actor);
    return "redirect:" + ADDRESS;
  }

  @PostMapping("/{id}/read")
  String read(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    inbox.read(actor, PageIds.of(id, "Notification"));
    return "redirect:" + ADDRESS;
  }

  @PostMapping("/{id}/dismiss")
  String dismiss(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    inbox.dismiss(actor, PageIds.of(id, "Notification"));
    return "redirect:" + ADDRESS;
  }
}
