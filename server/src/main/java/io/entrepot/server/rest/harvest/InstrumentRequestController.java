// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Id;
import io.entrepot.server.harvest.instruments.InstrumentRequest;
import io.entrepot.server.harvest.instruments.InstrumentRequest.Status;
import io.entrepot.server.harvest.instruments.InstrumentRequest.Wish;
import io.entrepot.server.harvest.instruments.InstrumentRequests;
import io.entrepot.server.harvest.instruments.InstrumentRequests.Decision;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.Sent;
import io.entrepot.server.rest.fields.WireIds;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Asking for an instrument. */
@RestController
@RequestMapping("/api/instrument-requests")
class InstrumentRequestController {

  private static final int NAME_LIMIT = 255;
  private static final int TEXT_LIMIT = 10_000;

  private final InstrumentRequests requests;

  InstrumentRequestController(InstrumentRequests requests) {
    this.requests = requests;
  }

  /** A request. */
  @Schema(name = "InstrumentRequest")
  record Wire(
      String id,
      @JsonProperty("requester_id") String requesterId,
      String name,
      String location,
      @JsonProperty("harvest_frequency") String frequency,
      @Nullable String description,
      String justification,
      String status,
      @JsonProperty("admin_notes") @Nullable String adminNotes,
      @JsonProperty("created_at") Instant createdAt,
      @JsonProperty("updated_at") Instant updatedAt) {

    static Wire of(InstrumentRequest found) {
      Wish wish = found.wish();
      return new Wire(
          WireIds.text(found.id()),
          WireIds.text(found.requester()),
          wish.name(),
          wish.location(),
          wish.frequency(),
          wish.description(),
          wish.justification(),
          found.status().word(),
          found.adminNotes(),
          found.createdAt(),
          found.updatedAt());
    }
  }

  @GetMapping
  ListEnvelope<Wire> list(
      @RequestParam MultiValueMap<String, String> keys, @AuthenticationPrincipal Actor actor) {
    QueryFields query = Wording.query(keys);
    Paging paging = Paging.of(query);
    query.check();
    return ListEnvelope.of(requests.list(actor, paging.slice(false)), paging, Wire::of);
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  Wire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = Wording.body(bytes);
    Wish wish =
        new Wish(
            body.requiredText("name", NAME_LIMIT),
            body.requiredText("location", NAME_LIMIT),
            body.requiredText("harvest_frequency", NAME_LIMIT),
            body.text("description", TEXT_LIMIT),
            body.requiredText("justification", TEXT_LIMIT));
    body.check();
    return Wire.of(requests.create(actor, wish));
  }

  @GetMapping("/{id}")
  Wire one(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    return Wire.of(requests.visible(actor, requestId(id)));
  }

  @PatchMapping("/{id}")
  Wire change(
      @PathVariable("id") String text,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id id = requestId(text);
    BodyFields body = Wording.body(bytes);
    Sent<Status> status = body.sent("status", field -> body.requiredChoice(field, Status.class));
    Sent<@Nullable String> notes = body.sent("admin_notes", field -> body.text(field, TEXT_LIMIT));
    body.check();
    return Wire.of(
        requests.update(
            actor, id, old -> new Decision(status.over(old.status()), notes.over(old.notes()))));
  }

  private static Id requestId(String text) {
    return PathIds.inPath("id", text, "Request");
  }
}
