// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.server.harvest.hooks.Hook;
import io.entrepot.server.harvest.hooks.HookDraft;
import io.entrepot.server.rest.fields.WireIds;
import java.time.Instant;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A hook as it is sent. */
record HookWire(
    String id,
    String name,
    @Nullable String description,
    String trigger,
    String implementation,
    @JsonProperty("builtin_name") @Nullable String builtinName,
    @JsonProperty("script_path") @Nullable String scriptPath,
    @JsonProperty("webhook_url") @Nullable String webhookUrl,
    @Nullable Map<String, @Nullable Object> config,
    @JsonProperty("instrument_id") @Nullable String instrumentId,
    int priority,
    boolean enabled,
    @JsonProperty("deleted_at") @Nullable Instant deletedAt) {

  static HookWire of(Hook hook) {
    HookDraft draft = hook.settings();
    return new HookWire(
        WireIds.text(hook.id()),
        draft.name(),
        draft.description(),
        draft.point().word(),
        draft.action().implementation().word(),
        draft.action().builtinName(),
        draft.action().scriptPath(),
        draft.action().webhookUrl(),
        draft.config(),
        WireIds.textOrNull(draft.instrument()),
        draft.priority(),
        draft.enabled(),
        hook.deletedAt());
  }
}
