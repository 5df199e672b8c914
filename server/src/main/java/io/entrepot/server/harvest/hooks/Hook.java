// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import io.entrepot.base.Id;
import io.entrepot.server.identity.SoftDeletion;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Something that is asked before a file is taken, or told after. */
public record Hook(Id id, HookDraft settings, @Nullable Instant deletedAt)
    implements SoftDeletion.Deletable {

  /** What an audit record shows of it. */
  Map<String, @Nullable Object> facts() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    Id instrument = settings.instrument();
    facts.put("name", settings.name());
    facts.put("description", settings.description());
    facts.put("trigger", settings.point().word());
    facts.put("implementation", settings.action().implementation().word());
    facts.put("builtin_name", settings.action().builtinName());
    facts.put("script_path", settings.action().scriptPath());
    facts.put("webhook_url", settings.action().webhookUrl());
    facts.put("config", settings.config());
    facts.put("instrument_id", instrument == null ? null : instrument.hex());
    facts.put("priority", settings.priority());
    facts.put("enabled", settings.enabled());
    return facts;
  }

  public String name() {
    return settings.name();
  }
}
