// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a person sets about a channel.
 *
 * @param config by the name of the setting; secrets in the clear, or masked to keep what is stored
 */
public record ChannelDraft(
    String name,
    Provider provider,
    Map<String, @Nullable Object> config,
    Rule rule,
    boolean enabled) {

  private static final int NAME_LIMIT = 128;

  /**
   * @throws InvalidFieldsException when the name is missing or too long
   */
  public ChannelDraft {
    name = name.strip();
    if (name.isEmpty()) {
      throw new InvalidFieldsException(FieldProblem.missing("name"));
    }
    if (name.length() > NAME_LIMIT) {
      throw new InvalidFieldsException(
          FieldProblem.of("name", "string_too_long", "The name has at most 128 characters.", name));
    }
    config = Collections.unmodifiableMap(new LinkedHashMap<>(config));
  }

  /** The same, switched on or off. */
  public ChannelDraft switched(boolean on) {
    return new ChannelDraft(name, provider, config, rule, on);
  }
}
