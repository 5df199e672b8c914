// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Makes values fit to be kept for ever: plain JSON values, with secrets out of sight. */
final class SecretMask {

  private static final String MASK = "***";
  private static final Pattern SECRET =
      Pattern.compile(
          "password|passphrase|secret|token|credential|(private|access|api|session)_?key"
              + "|authorization|cookie");

  private SecretMask() {}

  static Map<String, @Nullable Object> json(Map<String, Change> changes) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    changes.forEach(
        (name, change) -> {
          Map<String, @Nullable Object> both = new LinkedHashMap<>();
          both.put("before", value(name, change.before()));
          both.put("after", value(name, change.after()));
          object.put(name, both);
        });
    return object;
  }

  private static @Nullable Object value(String name, @Nullable Object value) {
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag;
      case Object _ when isSecret(name) -> MASK;
      case Number number -> number;
      case Map<?, ?> map -> object(map);
      case Collection<?> list -> list.stream().map(item -> value(name, item)).toList();
      default -> value.toString();
    };
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> map) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    map.forEach((key, value) -> object.put(String.valueOf(key), value(String.valueOf(key), value)));
    return object;
  }

  /** By the name alone: a mask too many is better than one too few. */
  private static boolean isSecret(String name) {
    return SECRET.matcher(name.toLowerCase(Locale.ROOT)).find();
  }
}
