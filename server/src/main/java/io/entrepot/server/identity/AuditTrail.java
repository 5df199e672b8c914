// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Where this room reports who did what. Called inside the transaction of what was done. */
@FunctionalInterface
public interface AuditTrail {

  /** Reports go nowhere. */
  AuditTrail NONE = (_, _) -> {};

  /**
   * @param action create, update, delete, restore, login, logout, grant or revoke
   * @param thing the kind of thing it was done to, such as {@code user}
   * @param changes what is different now, by field; never a secret
   */
  record Entry(String action, String thing, Id id, Map<String, Change> changes) {
    public Entry {
      changes = Map.copyOf(changes);
    }

    public static Entry of(String action, String thing, Id id) {
      return new Entry(action, thing, id, Map.of());
    }
  }

  /** A value before and after; null where there was or is none. */
  record Change(@Nullable Object before, @Nullable Object after) {}

  void record(Actor actor, Entry entry);
}
