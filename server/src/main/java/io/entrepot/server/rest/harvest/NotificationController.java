// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Id;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.notices.Inbox;
import io.entrepot.server.notices.Notice;
import io.entrepot.server.rest.fields.WireIds;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** One's own inbox. */
@RestController
@RequestMapping("/api/notifications")
class NotificationController {

  private final Inbox inbox;

  NotificationController(Inbox inbox) {
    this.inbox = inbox;
  }

  /** A notice. */
  @Schema(name = "Notification")
  record Wire(
      String id,
      String type,
      String title,
      String message,
      @Nullable String link,
      boolean read,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("read_at") @Nullable Instant readAt) {

    static Wire of(Notice notice) {
      return new Wire(
          WireIds.text(notice.id()),
          notice.kind(),
          notice.title(),
          notice.message(),
          notice.link(),
          notice.readAt() != null,
          notice.createdAt(),
          notice.readAt());
    }
  }

  /** How many are unread. */
  record Count(long count) {}

  @GetMapping
  List<Wire> list(@AuthenticationPrincipal Actor actor) {
    return inbox.list(actor).stream().map(Wire::of).toList();
  }

  @GetMapping("/unread-count")
  Count unread(@AuthenticationPrincipal Actor actor) {
    return new Count(inbox.unread(actor));
  }

  @PostMapping("/{id}/read")
  Wire read(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    return Wire.of(inbox.read(actor, noticeId(id)));
  }

  @PostMapping("/read-all")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void readAll(@AuthenticationPrincipal Actor actor) {
    inbox.readAll(actor);
  }

  @PostMapping("/{id}/dismiss")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void dismiss(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    inbox.dismiss(actor, noticeId(id));
  }

  private static Id noticeId(String text) {
    return PathIds.inPath("id", text, "Notification");
  }
}
