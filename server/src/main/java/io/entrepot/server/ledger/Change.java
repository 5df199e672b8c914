// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A field's value before and after; null for none. */
public record Change(@Nullable Object before, @Nullable Object after) {

  /** The fields that differ, in the order of {@code after}, then those it lacks. */
  public static Map<String, Change> between(
      Map<String, ? extends @Nullable Object> before,
      Map<String, ? extends @Nullable Object> after) {
    Map<String, Change> changes = new LinkedHashMap<>();
    after.forEach(
        (name, value) -> {
          Object old = before.get(name);
          if (!Objects.equals(old, value)) {
            changes.put(name, new Change(old, value));
          }
        });
    before.forEach(
        (name, old) -> {
          if (!after.containsKey(name) && old != null) {
            changes.put(name, new Change(old, null));
          }
        });
    return changes;
  }
}
