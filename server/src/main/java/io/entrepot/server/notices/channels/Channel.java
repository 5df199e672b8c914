// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.Id;
import io.entrepot.base.Secrets;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * A way by which notices leave the house.
 *
 * @param number for families that show integers; counts up from 1
 * @param config by the name of the setting; secrets sealed, and what is not set left out
 */
public record Channel(
    Id id,
    long number,
    String name,
    Provider provider,
    Map<String, Object> config,
    Rule rule,
    boolean enabled,
    Instant createdAt,
    Instant updatedAt) {

  public Channel {
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
  }

  /** Every setting of the provider, those not set as null; {@link Secrets#MASK} for secrets. */
  public Map<String, @Nullable Object> masked() {
    Map<String, @Nullable Object> masked = new LinkedHashMap<>();
    for (Setting setting : provider.settings()) {
      Object value = config.get(setting.name());
      masked.put(setting.name(), value != null && setting.isSecret() ? Secrets.MASK : value);
    }
    return masked;
  }

  /** As its draft, secrets masked. */
  public ChannelDraft settings() {
    return new ChannelDraft(name, provider, masked(), rule, enabled);
  }

  /** For the audit log. */
  Map<String, @Nullable Object> facts() {
    Map<String, @Nullable Object> facts = new LinkedHashMap<>();
    facts.put("name", name);
    facts.put("provider", provider.word());
    facts.putAll(masked());
    facts.put("on", rule.from().ruleWord());
    facts.put("events", String.join(", ", new TreeSet<>(rule.events())));
    facts.put("things", String.join(", ", new TreeSet<>(rule.things())));
    facts.put("enabled", enabled);
    return facts;
  }
}
