// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Secrets;
import io.entrepot.server.notices.channels.ChannelDraft;
import io.entrepot.server.notices.channels.Provider;
import io.entrepot.server.notices.channels.Rule;
import io.entrepot.server.notices.channels.Severity;
import io.entrepot.server.rest.fields.BodyFields;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/** Reads a channel from a request. */
final class NotificationConfigBody {

  private static final String CONFIG = "provider_config";
  private static final String POLICY = "policy";
  private static final int NAME_LIMIT = 128;
  private static final int MOST_WORDS = 200;
  private static final int WORD_LIMIT = 200;

  private final BodyFields fields;

  NotificationConfigBody(BodyFields fields) {
    this.fields = fields;
  }

  ChannelDraft draft() {
    String name = fields.requiredName("name", NAME_LIMIT);
    Provider provider = fields.requiredChoice("provider", Provider.class);
    Map<String, @Nullable Object> config = fields.requiredObject(CONFIG);
    Rule rule = rule(Rule.FAILURES);
    boolean enabled = fields.flag("enabled", true);
    fields.check();
    return new ChannelDraft(name, provider, unmasked(config), rule, enabled);
  }

  /** What was sent laid over what is stored; settings of the same provider one by one. */
  UnaryOperator<ChannelDraft> change() {
    over(new ChannelDraft("stored", Provider.WEBHOOK, Map.of(), Rule.FAILURES, true));
    fields.check();
    return this::over;
  }

  private ChannelDraft over(ChannelDraft old) {
    Provider wanted = fields.choice("provider", Provider.class, old.provider());
    Map<String, @Nullable Object> merged = new LinkedHashMap<>();
    if (wanted == old.provider()) {
      merged.putAll(old.config());
    }
    Map<String, @Nullable Object> config = fields.object(CONFIG);
    if (config != null) {
      merged.putAll(unmasked(config));
    }
    String name = fields.text("name", NAME_LIMIT);
    return new ChannelDraft(
        name == null ? old.name() : name,
        wanted,
        merged,
        rule(old.rule()),
        fields.flag("enabled", old.enabled()));
  }

  private static Map<String, @Nullable Object> unmasked(Map<String, @Nullable Object> config) {
    return NotificationConfigWire.exchanged(config, Secrets.BACKUP_MASK, Secrets.MASK);
  }

  private Rule rule(Rule stored) {
    Map<String, @Nullable Object> sent = fields.object(POLICY);
    Map<String, @Nullable Object> policy =
        sent == null ? new LinkedHashMap<String, @Nullable Object>() : sent;
    return new Rule(
        policy.get("on") == null ? stored.from() : from(policy.get("on")),
        policy.containsKey("events") ? words("events", policy.get("events")) : stored.events(),
        policy.containsKey("things") ? words("things", policy.get("things")) : stored.things());
  }

  private Severity from(@Nullable Object sent) {
    Optional<Severity> found =
        sent instanceof String word ? Severity.ofRuleWord(word) : Optional.empty();
    if (found.isEmpty()) {
      fields.add(FieldProblem.of(POLICY, "enum", "on is one of failure, warning and all.", sent));
    }
    return found.orElse(Severity.FAILURE);
  }

  private Set<String> words(String name, @Nullable Object sent) {
    Set<String> words = new HashSet<>();
    List<?> list = sent instanceof List<?> found ? found : sent == null ? List.of() : List.of(0);
    for (Object one : list) {
      if (one instanceof String word && isWord(word) && words.size() < MOST_WORDS) {
        words.add(word);
      } else {
        fields.add(
            FieldProblem.of(
                POLICY, "value_error", name + " is a list of at most 200 words.", null));
        return Set.of();
      }
    }
    return words;
  }

  private static boolean isWord(String word) {
    return !word.isBlank() && word.length() <= WORD_LIMIT && word.lines().count() == 1;
  }
}
