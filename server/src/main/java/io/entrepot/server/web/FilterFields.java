// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The settings of the file filter that have a field of their own. */
final class FilterFields {

  private static final String SIZE = "min_size_bytes";
  private static final List<String> LISTS = List.of("include_patterns", "exclude_patterns");
  private static final int PER_KILOBYTE = 1000;

  private FilterFields() {}

  /** Shows them in a form. */
  static void put(Map<String, String> values, Map<String, @Nullable Object> config) {
    if (isShown(SIZE, config.get(SIZE))) {
      values.put(
          SIZE,
          Units.shown(
              ((Number) Objects.requireNonNull(config.get(SIZE))).longValue(), PER_KILOBYTE));
    }
    LISTS.forEach(
        name -> {
          if (isShown(name, config.get(name)) && config.get(name) instanceof List<?> all) {
            values.put(name, all.stream().map(String::valueOf).collect(Collectors.joining("\n")));
          }
        });
  }

  /** All that has no field, or stands there as none can show it. */
  static Map<String, @Nullable Object> more(Map<String, @Nullable Object> config) {
    Map<String, @Nullable Object> more = new LinkedHashMap<>(config);
    more.entrySet().removeIf(one -> isShown(one.getKey(), one.getValue()));
    return more;
  }

  private static boolean isShown(String name, @Nullable Object value) {
    return name.equals(SIZE) && (value instanceof Long || value instanceof Integer)
        || LISTS.contains(name)
            && value instanceof List<?> all
            && all.stream()
                .allMatch(one -> one instanceof String text && text.strip().equals(text));
  }

  /**
   * @throws InvalidFieldsException when the size is no number
   */
  static Map<String, @Nullable Object> read(Form form) {
    Map<String, @Nullable Object> config = new LinkedHashMap<>();
    String size = form.text(SIZE);
    if (size != null) {
      config.put(
          SIZE,
          Units.whole(size, PER_KILOBYTE)
              .orElseThrow(
                  () ->
                      new InvalidFieldsException(
                          FieldProblem.of(
                              SIZE, "int_parsing", "This is a number, such as 10 or 0.5.", size))));
    }
    for (String name : LISTS) {
      if (!form.lines(name).isEmpty()) {
        config.put(name, form.lines(name));
      }
    }
    return config;
  }
}
