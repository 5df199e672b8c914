// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.Secrets;
import io.entrepot.server.ledger.Change;
import io.entrepot.server.secrets.SecretBox;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The connection settings of one storage location as they are stored: checked against its type,
 * secrets sealed.
 *
 * @param values by name; a null value means "not set" and was sent so
 */
public record ConnectionConfig(StorageType type, Map<String, @Nullable Object> values) {

  private static final int VALUE_LIMIT = 4096;

  /**
   * Checks what a client sent, lays it over what is stored, and seals its secrets.
   *
   * @param stored settings of the same type to merge into; empty for a new location
   * @throws InvalidFieldsException naming every setting that is missing or not text
   */
  static ConnectionConfig merge(
      StorageType type,
      Map<String, @Nullable Object> sent,
      Map<String, @Nullable Object> stored,
      UnaryOperator<String> seal) {
    Map<String, @Nullable Object> merged = new LinkedHashMap<>(stored);
    if (type.keepsUnknownSettings()) {
      merged.putAll(sent);
      return new ConnectionConfig(type, merged);
    }
    List<FieldProblem> problems = new ArrayList<>();
    for (String field : fields(type)) {
      int before = problems.size();
      if (sent.containsKey(field)) {
        accept(type, field, sent.get(field), merged, problems, seal);
      }
      boolean good = problems.size() == before;
      if (good && type.required().contains(field) && merged.get(field) == null) {
        problems.add(FieldProblem.missing(field));
      }
    }
    if (!problems.isEmpty()) {
      throw new InvalidFieldsException(problems);
    }
    return new ConnectionConfig(type, merged);
  }

  private static List<String> fields(StorageType type) {
    List<String> fields = new ArrayList<>(type.required());
    fields.addAll(type.optional());
    return fields;
  }

  private static void accept(
      StorageType type,
      String field,
      @Nullable Object value,
      Map<String, @Nullable Object> merged,
      List<FieldProblem> problems,
      UnaryOperator<String> seal) {
    if (value == null) {
      merged.put(field, null);
    } else if (!(value instanceof String text)) {
      problems.add(
          FieldProblem.of(
              field, "string_type", "Input should be a valid string", shown(type, field, value)));
    } else if (text.length() > VALUE_LIMIT) {
      problems.add(
          new FieldProblem(
              List.of(field),
              "string_too_long",
              "String should have at most " + VALUE_LIMIT + " characters",
              shown(type, field, text),
              Map.of("max_length", VALUE_LIMIT)));
    } else if (text.isEmpty() && type.required().contains(field)) {
      problems.add(FieldProblem.of(field, "string_too_short", "This must not be empty", ""));
    } else if (!type.isSecret(field)) {
      merged.put(field, text);
    } else if (!text.equals(Secrets.MASK)) {
      merged.put(field, seal.apply(text));
    }
  }

  private static Object shown(StorageType type, String field, Object value) {
    return type.isSecret(field) ? Secrets.MASK : value;
  }

  /**
   * The secrets that both have and that were sent anew, without what they are. One that is sealed
   * anew differs, whatever is in it.
   */
  static Map<String, Change> replacedSecrets(
      @Nullable ConnectionConfig before, @Nullable ConnectionConfig after) {
    Map<String, Change> changes = new LinkedHashMap<>();
    if (before == null || after == null) {
      return changes;
    }
    after.values.forEach(
        (field, now) -> {
          Object old = before.values.get(field);
          if (after.type.isSecret(field) && now != null && old != null && !now.equals(old)) {
            changes.put("connection_config." + field, new Change(Secrets.MASK, Secrets.MASK));
          }
        });
    return changes;
  }

  /**
   * The settings with every secret replaced by {@link Secrets#MASK}, which a client sends back to
   * keep it.
   */
  public Map<String, @Nullable Object> masked() {
    Map<String, @Nullable Object> masked = new LinkedHashMap<>(values);
    masked.replaceAll(
        (field, value) -> value != null && type.isSecret(field) ? Secrets.MASK : value);
    return masked;
  }

  /** One setting in the clear. */
  String value(SecretBox box, Id row, String field) {
    Object value = values.get(field);
    String text = value == null ? "" : value.toString();
    return type.isSecret(field) && !text.isEmpty() ? box.open(row, text) : text;
  }
}
