// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.harvest.hooks.Builtin;
import io.entrepot.server.harvest.hooks.HookDraft;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A hook as a form, and back. */
final class HookForm {

  static final String[] FIELDS = {
    "name",
    "description",
    "what",
    "trigger",
    "script_path",
    "webhook_url",
    "min_size_bytes",
    "include_patterns",
    "exclude_patterns",
    "more",
    "config",
    "instrument_id",
    "priority"
  };

  static final List<Form.Option> POINTS =
      List.of(
          new Form.Option("pre_transfer", "Before a file is copied"),
          new Form.Option("post_transfer", "After a file was copied"));

  private static final String SCRIPT = HookDraft.Implementation.PYTHON_SCRIPT.word();
  private static final String WEBHOOK = HookDraft.Implementation.HTTP_WEBHOOK.word();
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};
  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private HookForm() {}

  static List<Form.Option> kinds() {
    List<Form.Option> kinds = new ArrayList<>();
    for (Builtin builtin : Builtin.values()) {
      kinds.add(new Form.Option(builtin.word(), builtin.displayName()));
    }
    kinds.add(new Form.Option(WEBHOOK, "A web address that is asked"));
    kinds.add(new Form.Option(SCRIPT, "A Python script"));
    return kinds;
  }

  static Form fresh() {
    return Form.of(
        Map.of(
            "what", Builtin.FILE_FILTER.word(),
            "trigger", "pre_transfer",
            "priority", "0",
            "enabled", "true"));
  }

  static Form of(HookDraft draft) {
    Map<String, String> values = new HashMap<>();
    values.put("name", draft.name());
    values.put("description", orEmpty(draft.description()));
    String builtin = draft.action().builtinName();
    values.put("what", builtin == null ? draft.action().implementation().word() : builtin);
    values.put("trigger", draft.point().word());
    values.put("script_path", orEmpty(draft.action().scriptPath()));
    values.put("webhook_url", orEmpty(draft.action().webhookUrl()));
    Map<String, @Nullable Object> config = draft.config();
    if (config != null && Builtin.FILE_FILTER.word().equals(builtin)) {
      FilterFields.put(values, config);
      Map<String, @Nullable Object> more = FilterFields.more(config);
      values.put("more", more.isEmpty() ? "" : JSON.writeValueAsString(more));
    } else {
      values.put("config", config == null ? "" : JSON.writeValueAsString(config));
    }
    Id instrument = draft.instrument();
    values.put("instrument_id", instrument == null ? "" : PageIds.text(instrument));
    values.put("priority", String.valueOf(draft.priority()));
    values.put("enabled", String.valueOf(draft.enabled()));
    return Form.of(values);
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * @throws InvalidFieldsException when the name is missing, or a number or the settings cannot be
   *     read
   */
  static HookDraft draft(Form form) {
    String what = form.required("what");
    Optional<Builtin> builtin = Builtin.ofWord(what);
    HookDraft.Implementation implementation =
        what.equals(SCRIPT)
            ? HookDraft.Implementation.PYTHON_SCRIPT
            : what.equals(WEBHOOK)
                ? HookDraft.Implementation.HTTP_WEBHOOK
                : HookDraft.Implementation.BUILTIN;
    HookDraft.Point chosen =
        form.value("trigger").equals("post_transfer")
            ? HookDraft.Point.POST_TRANSFER
            : HookDraft.Point.PRE_TRANSFER;
    boolean builtIn = implementation == HookDraft.Implementation.BUILTIN;
    return new HookDraft(
        form.required("name"),
        form.text("description"),
        builtin.map(Builtin::point).orElse(chosen),
        new HookDraft.Action(
            implementation,
            builtIn ? what : null,
            builtIn ? null : form.text("script_path"),
            builtIn ? null : form.text("webhook_url")),
        what.equals(Builtin.FILE_FILTER.word()) ? filter(form) : object(form, "config"),
        PageIds.orNull(form.value("instrument_id")),
        priority(form),
        form.flag("enabled"));
  }

  private static @Nullable Map<String, @Nullable Object> filter(Form form) {
    Map<String, @Nullable Object> more = object(form, "more");
    Map<String, @Nullable Object> config = new LinkedHashMap<>(FilterFields.read(form));
    if (more != null) {
      more.forEach(config::putIfAbsent);
    }
    return config.isEmpty() ? null : config;
  }

  private static @Nullable Map<String, @Nullable Object> object(Form form, String field) {
    String text = form.text(field);
    try {
      return text == null ? null : JSON.readValue(text, OBJECT);
    } catch (JacksonException e) {
      var place = e.getLocation();
      throw new InvalidFieldsException(
          FieldProblem.of(
              field,
              "json_invalid",
              "This is not a JSON object"
                  + (place == null ? "" : "; look at line " + place.getLineNr())
                  + ".",
              null));
    }
  }

  private static int priority(Form form) {
    String text = form.text("priority");
    try {
      return text == null ? 0 : Integer.parseInt(text);
    } catch (NumberFormatException _) {
      throw new InvalidFieldsException(
          FieldProblem.of("priority", "int_parsing", "This is a whole number.", text));
    }
  }

  /** Settings of a built-in hook that do something. */
  static String example(Builtin builtin) {
    return switch (builtin) {
      case FILE_FILTER ->
          """
          {
            "redirect_rules" : [ {
              "pattern" : "*.eer",
              "destination" : "movies"
            } ]
          }""";
      case METADATA_ENRICHMENT ->
          """
          {
            "rules" : [ {
              "source" : "filename",
              "pattern" : "(?P<sample>[A-Z]+)_(?P<day>[0-9]{8})"
            } ]
          }""";
      case ACCESS_ASSIGNMENT ->
          """
          {
            "grants" : [ {
              "grantee_type" : "group",
              "match_field" : "sample"
            } ]
          }""";
    };
  }

  /** How the settings of a built-in hook look. */
  static String schema(Builtin builtin) {
    return JSON.writeValueAsString(builtin.schema());
  }
}
