// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.json.JsonMapper;

/** How JSON is kept in text columns. */
public final class Json {

  private static final JsonMapper MAPPER = JsonMapper.builder().build();
  private static final TypeReference<Map<String, @Nullable Object>> OBJECT =
      new TypeReference<>() {};

  /** What most rows hold; no parser is set up for it. */
  private static final String NOTHING = "{}";

  private Json() {}

  public static @Nullable String text(@Nullable Object value) {
    if (value == null) {
      return null;
    }
    boolean nothing = value instanceof Map<?, ?> map && map.isEmpty();
    return nothing ? NOTHING : MAPPER.writeValueAsString(value);
  }

  /** The members of a JSON object, in order; null for null. */
  public static @Nullable Map<String, @Nullable Object> object(@Nullable String text) {
    if (text == null) {
      return null;
    }
    return text.equals(NOTHING) ? new LinkedHashMap<>() : MAPPER.readValue(text, OBJECT);
  }
}
