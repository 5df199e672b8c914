// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Id;
import io.entrepot.base.Secrets;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Json;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.AuditRecord;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Who did what, newest first. */
@RestController
class AuditLogController {

  private static final int LIMIT = 50;

  /** Fields that hold an id, beside those that say so by their name. */
  private static final Set<String> REFERENCES = Set.of("run", "member", "grantee");

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
          shown(entry.entity().id()),
          entry.action(),
          somebody ? shown(actor) : null,
          entry.actor().email(),
          changes(Json.object(entry.changes())),
          entry.time());
    }

    /** References by the ids that the doors of what they are to know. */
    private static @Nullable Map<String, @Nullable Object> changes(
        @Nullable Map<String, @Nullable Object> changes) {
      if (changes == null) {
        return null;
      }
      Map<String, @Nullable Object> shown = new LinkedHashMap<>();
      changes.forEach(
          (field, change) ->
              shown.put(field, value(change, field.endsWith("_id") || REFERENCES.contains(field))));
      return shown;
    }

    private static @Nullable Object value(@Nullable Object value, boolean reference) {
      return switch (value) {
        case Map<?, ?> members -> {
          Map<String, @Nullable Object> shown = new LinkedHashMap<>();
          members.forEach(
              (name, member) -> shown.put(String.valueOf(name), value(member, reference)));
          yield shown;
        }
        case String text when text.equals(Secrets.MASK) -> MASK;
        case String text when reference -> shown(text);
        case null, default -> value;
      };
    }

    private static String shown(String id) {
      return id.matches("[0-9a-f]{24}") ? WireIds.text(new Id(id)) : id;
    }
  }

  /**
   * Filters: {@code entity_type}, {@code action}, {@code actor_id}, {@code since} and {@code
   * until}; a day without a time as {@code until} includes that whole day.
   */
  @GetMapping("/api/admin/audit-logs")
  ListEnvelope<Wire> list(@RequestParam MultiValueMap<String, String> keys) {
    Query query = new Query(keys);
    Paging paging = Paging.of(query, LIMIT);
    AuditFilter filter =
        new AuditFilter(
            query.text("entity_type"),
            query.text("action"),
            query.id("actor_id"),
            query.since("since"),
            query.until("until"));
    query.check();
    return ListEnvelope.of(log.list(filter, paging.slice(false)), paging, Wire::of);
  }
}
