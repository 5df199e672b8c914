// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.Id;
import io.entrepot.server.identity.SoftDeletion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A machine that makes files.
 *
 * @param folder the folder in each storage location that its files go to
 * @param lastHarvestedAt when a harvest last came to its end
 * @param deletedAt when it was deleted; it can be restored
 */
public record Instrument(
    Id id,
    InstrumentDraft settings,
    String folder,
    @Nullable Instant lastHarvestedAt,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt)
    implements SoftDeletion.Deletable {

  public String name() {
    return settings.name();
  }

  /** What an audit record shows of it. */
  Map<String, @Nullable Object> facts() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    Id account = settings.address().serviceAccount();
    facts.put("name", settings.name());
    facts.put("description", settings.about().description());
    facts.put("location", settings.about().location());
    facts.put("pid", settings.about().pid());
    facts.put("cifs_host", settings.address().host());
    facts.put("cifs_share", settings.address().share());
    facts.put("cifs_base_path", settings.address().basePath());
    facts.put("service_account_id", account == null ? null : account.hex());
    facts.put("transfer_adapter", settings.transferAdapter());
    facts.put("transfer_config", settings.transferConfig());
    facts.put("enabled", settings.enabled());
    return facts;
  }

  public boolean usable() {
    return settings.enabled() && deletedAt == null;
  }
}
