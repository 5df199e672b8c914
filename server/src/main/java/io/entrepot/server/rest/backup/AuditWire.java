// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Secrets;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.ledger.AuditRecord;
import io.entrepot.server.rest.fields.AuditText;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One thing somebody did.
 *
 * @param sequence its place in the ledger's stream {@code audit}; null until it is sealed
 * @param actorId null when nobody was signed in, or the server did it itself
 * @param address where the request came from; empty when there was none
 * @param credentialKind {@code session}, {@code api_key}, {@code local_token}, {@code password},
 *     {@code openid}, {@code link} or {@code system}; empty when nothing was shown
 * @param credentialId the login or the key; empty when there is none
 * @param credential what a person knows it by, such as a key's first characters and name
 */
@Schema(name = "AuditRecord")
record AuditWire(
    String id,
    @Nullable Long sequence,
    String time,
    String action,
    @JsonProperty("entity_type") String entityType,
    @JsonProperty("entity_id") String entityId,
    @JsonProperty("actor_id") @Nullable String actorId,
    String actor,
    String address,
    @JsonProperty("credential_kind") String credentialKind,
    @JsonProperty("credential_id") String credentialId,
    String credential,
    @Nullable Map<String, @Nullable Object> changes) {

  private static final String HOUSE = Actor.HOUSE.account().hex();

  static AuditWire of(AuditRecord found) {
    AuditEntry entry = found.entry();
    AuditEntry.Person by = entry.actor();
    boolean somebody = !by.account().isEmpty() && !by.account().equals(HOUSE);
    return new AuditWire(
        Wire.id(found.id()),
        found.sequence(),
        Wire.time(entry.time()),
        entry.action(),
        entry.entity().type(),
        AuditText.id(entry.entity().id()),
        somebody ? AuditText.id(by.account()) : null,
        by.email(),
        by.address(),
        by.credential().kind(),
        AuditText.id(by.credential().id()),
        by.credential().label(),
        AuditText.shown(entry, Secrets.BACKUP_MASK));
  }
}
