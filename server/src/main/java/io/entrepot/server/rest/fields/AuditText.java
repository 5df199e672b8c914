// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.fields;

import io.entrepot.base.Id;
import io.entrepot.base.Secrets;
import io.entrepot.custody.AuditEntry;
import io.entrepot.server.database.Json;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an entry of the audit log says, with ids as the APIs spell them. */
public final class AuditText {

  /** Fields that hold an id, beside those that say so by their name. */
  private static final Set<String> REFERENCES = Set.of("run", "member", "grantee");

  private AuditText() {}

  /**
   * The changes by field; null where the entry has none that can be read.
   *
   * @param mask what stands for a secret at the door that shows them
   */
  public static @Nullable Map<String, @Nullable Object> shown(AuditEntry entry, String mask) {
    Map<String, @Nullable Object> changes = Json.object(entry.changes());
    if (changes == null) {
      return null;
    }
    Map<String, @Nullable Object> shown = new LinkedHashMap<>();
    changes.forEach(
        (field, change) -> {
          boolean reference = field.endsWith("_id") || REFERENCES.contains(field);
          shown.put(field, value(change, reference, mask));
        });
    return shown;
  }

  private static @Nullable Object value(@Nullable Object value, boolean reference, String mask) {
    return switch (value) {
      case Map<?, ?> members -> {
        Map<String, @Nullable Object> shown = new LinkedHashMap<>();
        members.forEach(
            (name, member) -> shown.put(String.valueOf(name), value(member, reference, mask)));
        yield shown;
      }
      case String text when text.equals(Secrets.MASK) -> mask;
      case String text when reference -> id(text);
      case null, default -> value;
    };
  }

  /** An id as a UUID; any other word, such as {@code unknown}, as it is. */
  public static String id(String text) {
    return text.matches("[0-9a-f]{24}") ? new Id(text).toUuid().toString() : text;
  }
}
