// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Slice;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.AuditRecord;
import io.entrepot.server.rest.fields.AuditText;
import io.entrepot.server.rest.fields.QueryFields;
import io.entrepot.server.rest.fields.WireIds;
import io.swagger.v3.oas.annotations.media.Schema;
import jakarta.servlet.http.HttpServletResponse;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, newest first. */
@RestController
class AuditLogController {

  private static final int LIMIT = 50;

  /** What clients of this door know a secret by in its audit log. */
  private static final String MASK = "***";

  private static final String NOBODY = "0".repeat(24);

  private final AuditLog log;

  AuditLogController(AuditLog log) {
    this.log = log;
  }

  /** One thing somebody did. */
  @Schema(name = "AuditEntry")
  record Wire(
      String id,
      @JsonProperty("entity_type") String entityType,
      @JsonProperty("entity_id") String entityId,
      String action,
      @JsonProperty("actor_id") @Nullable String actorId,
      @JsonProperty("actor_email") String actorEmail,
      @Nullable Map<String, @Nullable Object> changes,
      @JsonProperty("created_at") Instant createdAt) {

    static Wire of(AuditRecord found) {
      AuditEntry entry = found.entry();
      String actor = entry.actor().account();
      boolean somebody = !actor.isEmpty() && !actor.equals(NOBODY);
      return new Wire(
          WireIds.text(found.id()),
          entry.entity().type(),
          AuditText.id(entry.entity().id()),
          entry.action(),
          somebody ? AuditText.id(actor) : null,
          entry.actor().email(),
          AuditText.shown(entry, MASK),
          entry.time());
    }
  }

  /**
   * Filters: {@code entity_type}, {@code action}, {@code actor_id}, {@code since} and {@code
   * until}; a day without a time as {@code until} includes that whole day.
   */
  @GetMapping("/api/admin/audit-logs")
  ListEnvelope<Wire> list(
      @RequestParam MultiValueMap<String, String> keys, HttpServletResponse response) {
    QueryFields query = Wording.query(keys);
    Paging paging = Paging.of(query, LIMIT);
    AuditFilter filter =
        new AuditFilter(
            AuditFilter.Thing.ofType(query.text("entity_type")),
            query.text("action"),
            query.id("actor_id"),
            query.since("since"),
            query.until("until"));
    query.check();
    Slice.Part<AuditRecord> found = log.list(filter, paging.slice(false));
    if (!found.exact()) {
      response.setHeader("X-Total-Count-Capped", "true");
    }
    return ListEnvelope.of(found, paging, Wire::of);
  }
}
