// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.base.Secrets;
import io.entrepot.server.harvest.hooks.HookDraft;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.schedules.HarvestScheduleDraft;
import io.entrepot.server.notices.channels.ChannelDraft;
import io.entrepot.server.notices.channels.Setting;
import io.entrepot.server.places.ServiceAccountDraft;
import io.entrepot.server.places.StorageLocationDraft;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * The API call that leaves the same row as a form does: made of the draft that the form saves, so
 * that what the form keeps without showing it is kept by the call too. Holds no secrets.
 */
final class ApiCall {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private static final String HEADER = "\nContent-Type: application/json\n\n";

  private ApiCall() {}

  static String instrument(@Nullable Id id, InstrumentDraft draft) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", draft.name());
    body.put("location", draft.about().location());
    body.put("description", draft.about().description());
    body.put("pid", draft.about().pid());
    // An empty one is refused: only what is reached over a network has it.
    putUnlessEmpty(body, "cifs_host", draft.address().host());
    putUnlessEmpty(body, "cifs_share", draft.address().share());
    body.put("cifs_base_path", draft.address().basePath());
    body.put("service_account_id", text(draft.address().serviceAccount()));
    body.put("transfer_adapter", draft.transferAdapter());
    body.put("transfer_config", draft.transferConfig());
    body.put("enabled", draft.enabled());
    return call("instruments", id, body);
  }

  private static void putUnlessEmpty(Map<String, @Nullable Object> body, String name, String text) {
    if (!text.isEmpty()) {
      body.put(name, text);
    }
  }

  static String storage(@Nullable Id id, StorageLocationDraft draft) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", draft.name());
    body.put("type", draft.type().word());
    body.put("base_path", draft.basePath());
    if (draft.config() != null) {
      body.put("connection_config", draft.config());
    }
    body.put("enabled", draft.enabled());
    return call("storage-locations", id, body);
  }

  static String schedule(@Nullable Id id, HarvestScheduleDraft draft) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("instrument_id", text(draft.instrument()));
    body.put("default_storage_location_id", text(draft.storageLocation()));
    body.put("cron_expression", draft.cron());
    body.put("timezone", draft.timezone());
    body.put("misfire", draft.misfire().word());
    body.put("priority", draft.priority());
    body.put("enabled", draft.enabled());
    return call("schedules", id, body);
  }

  /** A new one needs its password put in; a stored one keeps its secrets. */
  static String account(@Nullable Id id, ServiceAccountDraft draft) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", draft.name());
    body.put("username", draft.username());
    body.put("domain", draft.domain());
    body.put("auth_type", draft.authType().word());
    if (id == null) {
      body.put("password", "…");
    }
    return call("service-accounts", id, body);
  }

  static String hook(@Nullable Id id, HookDraft draft) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", draft.name());
    body.put("description", draft.description());
    body.put("trigger", draft.point().word());
    body.put("implementation", draft.action().implementation().word());
    body.put("builtin_name", draft.action().builtinName());
    body.put("script_path", draft.action().scriptPath());
    body.put("webhook_url", draft.action().webhookUrl());
    body.put("config", draft.config());
    body.put("instrument_id", text(draft.instrument()));
    body.put("priority", draft.priority());
    body.put("enabled", draft.enabled());
    return call("hooks", id, body);
  }

  /** Secrets show as the mask, which keeps what is stored; a new one needs them put in. */
  static String channel(@Nullable Long number, ChannelDraft draft) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    for (Setting setting : draft.provider().settings()) {
      Object value = draft.config().get(setting.name());
      if (setting.isSecret()) {
        config.put(setting.name(), number == null ? "…" : Secrets.BACKUP_MASK);
      } else if (value != null) {
        config.put(setting.name(), value);
      }
    }
    Map<String, @Nullable Object> policy = new LinkedHashMap<>();
    policy.put("on", draft.rule().from().ruleWord());
    policy.put("events", draft.rule().events().stream().sorted().toList());
    policy.put("things", draft.rule().things().stream().sorted().toList());
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", draft.name());
    body.put("provider", draft.provider().word());
    body.put("provider_config", config);
    body.put("policy", policy);
    body.put("enabled", draft.enabled());
    return channelLine(number) + HEADER + JSON.writeValueAsString(body);
  }

  /** The API knows two roles; a third that an account has is kept by it. */
  static String person(@Nullable Id id, Form form) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("email", form.value("email").isBlank() ? "…" : form.value("email").strip());
    body.put("role", form.value("role").equals("admin") ? "admin" : "user");
    if (id == null) {
      body.put("password", "…");
      return "POST /auth/register" + HEADER + JSON.writeValueAsString(body);
    }
    body.put("is_active", form.flag("active"));
    return "PATCH /users/" + PageIds.text(id) + HEADER + JSON.writeValueAsString(body);
  }

  static String decision(Id request) {
    return line("instrument-requests", request)
        + "{\n  \"status\" : \"approved\",\n  \"admin_notes\" : \"…\"\n}";
  }

  static String ownPassword() {
    return "PATCH /users/me" + HEADER + "{\n  \"password\" : \"…\"\n}";
  }

  static String team(String collection, @Nullable Id id, Form form) {
    Map<String, @Nullable Object> body = new LinkedHashMap<>();
    body.put("name", form.value("name").isBlank() ? "…" : form.value("name").strip());
    body.put("description", form.text("description"));
    return call(collection, id, body);
  }

  /** The call for a channel while its form cannot be read. */
  static String unfinishedChannel(@Nullable Long number) {
    return channelLine(number) + HEADER + "…";
  }

  private static String channelLine(@Nullable Long number) {
    return number == null
        ? "POST /api/notification-configs"
        : "PUT /api/notification-configs/" + number;
  }

  /** The call while the form cannot be read. */
  static String unfinished(String collection, @Nullable Id id) {
    return line(collection, id) + "…";
  }

  /** What is not set is left out of a new row, and unset in a stored one. */
  static String call(String collection, @Nullable Id id, Map<String, @Nullable Object> body) {
    if (id == null) {
      body.values().removeIf(value -> value == null);
    }
    return line(collection, id) + JSON.writeValueAsString(body);
  }

  private static String line(String collection, @Nullable Id id) {
    return (id == null
            ? "POST /api/" + collection
            : "PATCH /api/" + collection + "/" + PageIds.text(id))
        + HEADER;
  }

  private static @Nullable String text(@Nullable Id id) {
    return id == null ? null : PageIds.text(id);
  }
}
