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
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.util.MultiValueMap;

/** The form of a channel. */
final class ChannelForm {

  static final List<Form.Option> LEVELS =
      List.of(
          new Form.Option("failure", "Failures"),
          new Form.Option("warning", "Failures and warnings"),
          new Form.Option("all", "Everything, also successes"));

  static final String EVENTS = "events";
  static final String THINGS = "things";

  /** What is announced, by the stable words that rules are made of. */
  private static final List<Form.Option> ANNOUNCED =
      List.of(
          new Form.Option("harvest_failed", "A harvest failed"),
          new Form.Option("harvest_incomplete", "A harvest left files behind"),
          new Form.Option("harvest_completed", "A harvest came to its end"),
          new Form.Option("harvest_no_files", "A schedule brings no files any more"),
          new Form.Option("harvest_unstable", "Files do not stand still"),
          new Form.Option("schedule_missed", "A schedule was missed"));

  private static final List<Form.Option> PINGED =
      List.of(
          new Form.Option("run_started", "A job of a schedule starts"),
          new Form.Option("run_completed", "A job of a schedule is done"),
          new Form.Option("run_failed", "A job of a schedule failed"));

  private ChannelForm() {}

  /** Where more than one thing is chosen, each is a line. */
  static Form sent(MultiValueMap<String, String> parameters) {
    Map<String, String> values = new HashMap<>(Form.sent(parameters).values());
    for (String name : List.of(EVENTS, THINGS)) {
      values.put(name, String.join("\n", parameters.getOrDefault(name, List.of())));
    }
    return Form.of(values);
  }

  /** One of many that can be chosen together. */
  record Tick(String value, String label, boolean chosen) {}

  /** What is chosen and not among these goes on being chosen. */
  static List<Tick> ticks(Form form, String name, List<Form.Option> known) {
    List<String> chosen = form.lines(name);
    List<Tick> ticks = new ArrayList<>();
    known.forEach(
        one -> ticks.add(new Tick(one.value(), one.label(), chosen.contains(one.value()))));
    chosen.stream()
        .filter(one -> known.stream().noneMatch(option -> option.value().equals(one)))
        .forEach(one -> ticks.add(new Tick(one, one, true)));
    return ticks;
  }

  static List<Tick> events(Form form, Provider provider) {
    return ticks(form, EVENTS, provider == Provider.PING ? PINGED : ANNOUNCED);
  }

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
    values.put(EVENTS, String.join("\n", new TreeSet<>(draft.rule().events())));
    values.put(THINGS, String.join("\n", new TreeSet<>(draft.rule().things())));
    values.put("enabled", String.valueOf(draft.enabled()));
    return Form.of(values);
  }

  /** The settings that have a value. */
  static Set<String> stored(ChannelDraft draft) {
    return draft.config().entrySet().stream()
        .filter(one -> one.getValue() != null)
        .map(Map.Entry::getKey)
        .collect(Collectors.toSet());
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
      boolean keeps =
          text == null && stored && setting.isSecret() && !form.flag("forget_" + setting.name());
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
        new Rule(from, Set.copyOf(form.lines(EVENTS)), Set.copyOf(form.lines(THINGS))),
        form.flag("enabled"));
  }
}
