// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** An instrument as a form, and back. */
final class InstrumentForm {

  static final String[] FIELDS = {
    "name",
    "transport",
    "cifs_host",
    "cifs_share",
    "cifs_base_path",
    "port",
    "service_account_id",
    "location",
    "description",
    "stability_seconds",
    "min_age_seconds",
    "max_parallel",
    "bandwidth_bps",
    "include",
    "exclude",
    "on_change"
  };

  static final List<Form.Option> TRANSPORTS =
      List.of(
          new Form.Option("posix", "A folder of this machine"),
          new Form.Option("sftp", "SSH (SFTP)"),
          new Form.Option("nfs", "NFS, mounted on this machine"));

  static final List<Form.Option> ON_CHANGE =
      List.of(
          new Form.Option("version", "Keep it as the next version"),
          new Form.Option("ignore", "Stay with the first content"),
          new Form.Option("fail", "Take nothing and say so"));

  private static final String BANDWIDTH = "bandwidth_bps";
  private static final int PER_MEGABYTE = 1_000_000;
  private static final List<String> NUMBERS =
      List.of("port", "stability_seconds", "min_age_seconds", "max_parallel");
  private static final List<String> LISTS = List.of("include", "exclude");
  private static final List<String> SETTINGS =
      List.of(
          "port",
          "stability_seconds",
          "min_age_seconds",
          "max_parallel",
          "bandwidth_bps",
          "include",
          "exclude",
          "on_change");

  private InstrumentForm() {}

  static Form fresh() {
    return Form.of(Map.of("transport", "posix", "on_change", "version", "enabled", "true"));
  }

  static Form of(InstrumentDraft draft) {
    Map<String, String> values = new HashMap<>();
    values.put("name", draft.name());
    values.put("cifs_host", draft.address().host());
    values.put("cifs_share", draft.address().share());
    values.put("cifs_base_path", orEmpty(draft.address().basePath()));
    Id account = draft.address().serviceAccount();
    values.put("service_account_id", account == null ? "" : PageIds.text(account));
    values.put("location", orEmpty(draft.about().location()));
    values.put("description", orEmpty(draft.about().description()));
    values.put("on_change", "version");
    values.put("enabled", String.valueOf(draft.enabled()));
    Map<String, @Nullable Object> config = draft.transferConfig();
    if (config != null) {
      SETTINGS.stream()
          .filter(config::containsKey)
          .forEach(name -> values.put(name, shown(config.get(name))));
      if (config.get(BANDWIDTH) instanceof Number bytes) {
        values.put(BANDWIDTH, Units.shown(bytes.longValue(), PER_MEGABYTE));
      }
    }
    values.put("transport", draft.transport().word());
    return Form.of(values);
  }

  private static String shown(@Nullable Object value) {
    if (value instanceof List<?> list) {
      return list.stream().map(String::valueOf).collect(Collectors.joining("\n"));
    }
    return value == null ? "" : value.toString();
  }

  private static String orEmpty(@Nullable String text) {
    return text == null ? "" : text;
  }

  /**
   * @param old what is kept of the settings that the form does not show; null for a new one
   * @throws InvalidFieldsException when a number is none or the name is missing
   */
  static InstrumentDraft draft(Form form, @Nullable InstrumentDraft old) {
    return new InstrumentDraft(
        form.required("name"),
        new InstrumentDraft.Address(
            orEmpty(form.text("cifs_host")),
            orEmpty(form.text("cifs_share")),
            form.text("cifs_base_path"),
            PageIds.orNull(form.value("service_account_id"))),
        new InstrumentDraft.About(
            form.text("description"),
            form.text("location"),
            old == null ? null : old.about().pid()),
        old == null ? "rclone" : old.transferAdapter(),
        config(form, old),
        form.flag("enabled"));
  }

  private static Map<String, @Nullable Object> config(Form form, @Nullable InstrumentDraft old) {
    Map<String, @Nullable Object> kept = old == null ? null : old.transferConfig();
    Map<String, @Nullable Object> config = new LinkedHashMap<>(kept == null ? Map.of() : kept);
    config.put("transport", form.value("transport"));
    config.put("on_change", form.value("on_change"));
    NUMBERS.forEach(name -> put(config, name, number(form, name)));
    put(config, BANDWIDTH, bandwidth(form));
    LISTS.forEach(name -> put(config, name, form.lines(name)));
    return config;
  }

  private static void put(Map<String, @Nullable Object> config, String name, @Nullable Object to) {
    if (to == null || to.equals(List.of())) {
      config.remove(name);
    } else {
      config.put(name, to);
    }
  }

  private static @Nullable Long bandwidth(Form form) {
    String text = form.text(BANDWIDTH);
    return text == null
        ? null
        : Units.whole(text, PER_MEGABYTE)
            .orElseThrow(
                () ->
                    new InvalidFieldsException(
                        FieldProblem.of(
                            BANDWIDTH,
                            "int_parsing",
                            "This is a number, such as 10 or 0.5.",
                            text)));
  }

  private static @Nullable Long number(Form form, String name) {
    String text = form.text(name);
    try {
      return text == null ? null : Long.valueOf(text);
    } catch (NumberFormatException _) {
      throw new InvalidFieldsException(
          FieldProblem.of(name, "int_parsing", "This is a whole number.", text));
    }
  }
}
