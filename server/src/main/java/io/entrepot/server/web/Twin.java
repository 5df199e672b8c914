// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.harvest.HookDraft;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** What a form does, as the API call that does the same. Holds no secrets. */
final class Twin {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private Twin() {}

  static String instrument(@Nullable Id id, Form form) {
    Map<String, Object> config = new LinkedHashMap<>();
    text(form, config, "transport");
    text(form, config, "on_change");
    for (String name : List.of("port", "stability_seconds", "min_age_seconds", "max_parallel")) {
      number(form, config, name);
    }
    for (String name : List.of("include", "exclude")) {
      if (!form.lines(name).isEmpty()) {
        config.put(name, form.lines(name));
      }
    }
    Map<String, Object> body = new LinkedHashMap<>();
    for (String name :
        List.of(
            "name",
            "location",
            "description",
            "cifs_host",
            "cifs_share",
            "cifs_base_path",
            "service_account_id")) {
      text(form, body, name);
    }
    body.put("transfer_config", config);
    body.put("enabled", form.flag("enabled"));
    return call("instruments", id, body);
  }

  static String storage(@Nullable Id id, Form form) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (String name : List.of("name", "type", "base_path")) {
      text(form, body, name);
    }
    Map<String, Object> config = new LinkedHashMap<>();
    for (String name : List.of("host", "export_path", "mount_options")) {
      text(form, config, name);
    }
    if (!config.isEmpty()) {
      body.put("connection_config", config);
    }
    body.put("enabled", form.flag("enabled"));
    return call("storage-locations", id, body);
  }

  static String schedule(@Nullable Id id, Form form) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (String name :
        List.of(
            "instrument_id",
            "default_storage_location_id",
            "cron_expression",
            "timezone",
            "misfire")) {
      text(form, body, name);
    }
    body.put("enabled", form.flag("enabled"));
    return call("schedules", id, body);
  }

  static String account(@Nullable Id id, Form form) {
    Map<String, Object> body = new LinkedHashMap<>();
    for (String name : List.of("name", "username", "auth_type")) {
      text(form, body, name);
    }
    if (id == null) {
      body.put("password", "…");
    }
    return call("service-accounts", id, body);
  }

  static String hook(@Nullable Id id, Form form) {
    Map<String, Object> body = new LinkedHashMap<>();
    text(form, body, "name");
    try {
      HookDraft draft = HookForm.draft(form);
      body.put("trigger", draft.point().word());
      body.put("implementation", draft.action().implementation().word());
      put(body, "builtin_name", draft.action().builtinName());
      put(body, "script_path", draft.action().scriptPath());
      put(body, "webhook_url", draft.action().webhookUrl());
      put(body, "config", draft.config());
    } catch (InvalidFieldsException _) {
      body.put("config", "…");
    }
    text(form, body, "instrument_id");
    number(form, body, "priority");
    body.put("enabled", form.flag("enabled"));
    return call("hooks", id, body);
  }

  private static void put(Map<String, Object> into, String name, @Nullable Object value) {
    if (value != null) {
      into.put(name, value);
    }
  }

  private static void text(Form form, Map<String, Object> into, String name) {
    String text = form.text(name);
    if (text != null) {
      into.put(name, text);
    }
  }

  private static void number(Form form, Map<String, Object> into, String name) {
    String text = form.text(name);
    if (text != null && text.matches("\\d{1,18}")) {
      into.put(name, Long.valueOf(text));
    }
  }

  private static String call(String collection, @Nullable Id id, Map<String, Object> body) {
    String line =
        id == null
            ? "POST /api/" + collection
            : "PATCH /api/" + collection + "/" + PageIds.text(id);
    return line + "\nContent-Type: application/json\n\n" + JSON.writeValueAsString(body);
  }
}
