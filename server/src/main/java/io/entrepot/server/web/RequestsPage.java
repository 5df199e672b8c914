// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.InstrumentRequest;
import io.entrepot.server.harvest.instruments.InstrumentRequest.Status;
import io.entrepot.server.harvest.instruments.InstrumentRequests;
import io.entrepot.server.harvest.instruments.InstrumentRequests.Decision;
import io.entrepot.server.identity.Actor;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** Instruments that were asked for: one's own requests, and for administrators everybody's. */
@Controller
@RequestMapping("/ui/instrument-requests")
final class RequestsPage {

  private static final String ADDRESS = "/ui/instrument-requests";
  private static final String NOTES = "notes";

  private final InstrumentRequests requests;
  private final AuditWords names;
  private final Words words;

  RequestsPage(InstrumentRequests requests, AuditWords names, Words words) {
    this.requests = requests;
    this.names = names;
    this.words = words;
  }

  /** A request. */
  record Row(
      String id,
      InstrumentRequest.Wish wish,
      String who,
      Badge badge,
      boolean open,
      String notes,
      Moment asked) {}

  @GetMapping
  String list(@AuthenticationPrincipal Actor actor, Model model) {
    NamesOnRecord people = names.names();
    model.addAttribute(
        "rows",
        requests.list(actor, Slice.ALL).items().reversed().stream()
            .map(one -> row(one, people))
            .toList());
    return "requests";
  }

  private Row row(InstrumentRequest found, NamesOnRecord people) {
    return new Row(
        PageIds.text(found.id()),
        found.wish(),
        people.name(List.of(Room.PEOPLE), found.requester()),
        switch (found.status()) {
          case PENDING -> Badge.waiting("Waits for an answer");
          case APPROVED -> Badge.ok("Agreed");
          case REJECTED -> Badge.ended("Declined");
        },
        found.status() == Status.PENDING,
        Objects.requireNonNullElse(found.adminNotes(), ""),
        words.moment(found.createdAt()));
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    Row row = row(requests.visible(actor, request(id)), names.names());
    model.addAttribute("row", row);
    model.addAttribute("form", Form.of(Map.of(NOTES, row.notes())));
    model.addAttribute("call", ApiCall.decision(request(id)));
    return "request";
  }

  /** Agrees or declines; whoever asked is told, with the note. */
  @PostMapping("/{id}")
  String decide(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor) {
    Form form = Form.sent(parameters);
    Status status =
        Arrays.stream(Status.values())
            .filter(one -> one.word().equals(form.value("status")))
            .findFirst()
            .orElseThrow(() -> new NotFoundException("Answer"));
    InstrumentRequest now =
        requests.update(actor, request(id), _ -> new Decision(status, form.text(NOTES)));
    return (now.status() == Status.APPROVED ? Done.AGREED : Done.DECLINED)
        .at(ADDRESS + "/" + PageIds.text(now.id()));
  }

  private static Id request(String id) {
    return PageIds.of(id, "Request");
  }
}
