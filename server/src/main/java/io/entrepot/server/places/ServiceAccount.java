// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.Id;
import io.entrepot.server.identity.SoftDeletion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Credentials for a store, without the secret part. */
public record ServiceAccount(
    Id id,
    String name,
    String username,
    @Nullable String domain,
    AuthType authType,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt)
    implements SoftDeletion.Deletable {

  /** What it is set to; its secrets are left alone. */
  public ServiceAccountDraft settings() {
    return new ServiceAccountDraft(name, username, domain, authType, UnaryOperator.identity());
  }

  /** What an audit record shows of it. */
  Map<String, @Nullable Object> facts() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("name", name);
    facts.put("username", username);
    facts.put("domain", domain);
    facts.put("auth_type", authType.word());
    return facts;
  }
}
