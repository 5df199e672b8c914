// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.Secrets;
import io.entrepot.server.notices.channels.ChannelDraft;
import io.entrepot.server.notices.channels.Provider;
import io.entrepot.server.notices.channels.Rule;
import io.entrepot.server.notices.channels.Setting;
import io.entrepot.server.notices.channels.Severity;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The form of a channel. */
final class ChannelForm {

  static final List<Form.Option> LEVELS =
      List.of(
          new Form.Option("failure", "Failures"),
          new Form.Option("warning", "Failures and warnings"),
          new Form.Option("all", "Everything, also successes"));

  private ChannelForm() {}

  static Form fresh(Provider provider) {
    return Form.of(Map.of("provider", provider.word(), "on", "failure", "enabled", "true"));
  }

  static Form of(ChannelDraft draft) {
    Map<String, String> values = new HashMap<>();
    values.put("provider", draft.provider().word());
    values.put("name", draft.name());
    for (Setting setting : draft.provider().settings()) {
      Object value = draft.config().get(setting.name());
      values.put(setting.name(), value == null || setting.isSecret() ? "" : value.toString());
    }
    values.put("on", draft.rule().from().ruleWord());
    values.put("events", String.join("\n", new TreeSet<>(draft.rule().events())));
    values.put("things", String.join("\n", new TreeSet<>(draft.rule().things())));
    values.put("enabled", String.valueOf(draft.enabled()));
    return Form.of(values);
  }

  /** The names of the fields, for what is refused about them. */
  static String[] fields(Provider provider) {
    List<String> fields = new ArrayList<>(List.of("name", "on", "events", "things"));
    provider.settings().forEach(setting -> fields.add(setting.name()));
    return fields.toArray(String[]::new);
  }

  /**
   * A secret that was left empty is kept as it is stored.
   *
   * @throws InvalidFieldsException when the name is missing
   */
  static ChannelDraft draft(Form form, Provider provider, boolean stored) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    for (Setting setting : provider.settings()) {
      String text = form.text(setting.name());
      boolean keeps = text == null && stored && setting.isSecret();
      config.put(setting.name(), keeps ? Secrets.MASK : text);
    }
    Severity from =
        Severity.ofRuleWord(form.value("on"))
            .orElseThrow(
                () -> new InvalidFieldsException(FieldProblem.of("on", "enum", "Choose one.", "")));
    return new ChannelDraft(
        form.required("name"),
        provider,
        config,
        new Rule(from, Set.copyOf(form.lines("events")), Set.copyOf(form.lines("things"))),
        form.flag("enabled"));
  }
}
