// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How JSON is kept in text columns. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  private Json() {}

  public static @Nullable String text(@Nullable Object value) {
    return value == null ? null : MAPPER.writeValueAsString(value);
  }

  /** The members of a JSON object, in order; null for null. */
  public static @Nullable Map<String, @Nullable Object> object(@Nullable String text) {
    return text == null ? null : MAPPER.readValue(text, OBJECT);
  }
}
