// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.entrepot.base.Secrets;
import io.entrepot.server.notices.channels.Channel;
import io.entrepot.server.notices.channels.Rule;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A channel.
 *
 * @param providerConfig secrets masked; the mask sent back keeps them
 */
record NotificationConfigWire(
    long id,
    String name,
    String provider,
    @JsonProperty("provider_config") Map<String, @Nullable Object> providerConfig,
    Policy policy,
    boolean enabled,
    @JsonProperty("created_at") String createdAt,
    @JsonProperty("updated_at") String updatedAt) {

  /**
   * What it hears.
   *
   * @param on failure, warning or all
   * @param events only these; empty for any
   * @param things only what happened to these; empty for any
   */
  record Policy(String on, List<String> events, List<String> things) {
    static Policy of(Rule rule) {
      return new Policy(
          rule.from().ruleWord(),
          rule.events().stream().sorted().toList(),
          rule.things().stream().sorted().toList());
    }
  }

  static NotificationConfigWire of(Channel channel) {
    return new NotificationConfigWire(
        channel.number(),
        channel.name(),
        channel.provider().word(),
        exchanged(channel.masked(), Secrets.MASK, Secrets.BACKUP_MASK),
        Policy.of(channel.rule()),
        channel.enabled(),
        Wire.time(channel.createdAt()),
        Wire.time(channel.updatedAt()));
  }

  /** The settings with one mask in the place of another. */
  static Map<String, @Nullable Object> exchanged(
      Map<String, @Nullable Object> config, String mask, String other) {
    Map<String, @Nullable Object> exchanged = new LinkedHashMap<>(config);
    exchanged.replaceAll((_, value) -> mask.equals(value) ? other : value);
    return exchanged;
  }
}
