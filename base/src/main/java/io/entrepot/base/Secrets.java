// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Which values are secrets, going by their names, and what is shown in their place. */
public final class Secrets {

  /** What a secret looks like from outside. */
  public static final String MASK = "****";

  /** The same in the backup API, whose clients know it so. */
  public static final String BACKUP_MASK = "********";

  private static final Pattern NAME =
      Pattern.compile(
          "password|passphrase|secret|token|credential|(private|access|api|session)_?key"
              + "|authorization|cookie");

  private Secrets() {}

  /** By the name alone, in any case: a mask too many is better than one too few. */
  public static boolean isNamed(String name) {
    return NAME.matcher(name.toLowerCase(Locale.ROOT)).find();
  }

  /**
   * A JSON value as it may be shown: no secret at any depth of its objects and lists. Whether there
   * is one still shows: null, true and false stay.
   *
   * @param name what the value is called; empty when it has no name
   */
  public static @Nullable Object masked(String name, @Nullable Object value) {
    return masked(name, value, leaf -> leaf);
  }

  /** As {@link #masked(String, Object)}, with what is neither null, object nor list changed. */
  public static @Nullable Object masked(
      String name, @Nullable Object value, UnaryOperator<Object> leaf) {
    return switch (value) {
      case null -> null;
      case Boolean flag -> flag;
      case Object _ when isNamed(name) -> MASK;
      case Map<?, ?> map -> object(map, leaf);
      case Collection<?> list -> list.stream().map(item -> masked(name, item, leaf)).toList();
      default -> leaf.apply(value);
    };
  }

  private static Map<String, @Nullable Object> object(Map<?, ?> map, UnaryOperator<Object> leaf) {
    Map<String, @Nullable Object> object = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          String name = String.valueOf(key);
          object.put(name, masked(name, value, leaf));
        });
    return object;
  }
}
