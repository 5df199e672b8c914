// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.Secrets;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Makes values fit to be kept for ever: plain JSON values, with secrets out of sight. */
final class SecretMask {

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
    return Secrets.masked(name, value, leaf -> leaf instanceof Number ? leaf : leaf.toString());
  }
}
