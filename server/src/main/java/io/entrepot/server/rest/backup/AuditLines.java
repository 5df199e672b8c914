// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/** The audit log as a file: a record a line. */
enum AuditLines {
  /** RFC 4180, every cell in quotes. */
  CSV("text/csv") {
    @Override
    String head() {
      return row(FIELDS.stream());
    }

    @Override
    String line(AuditWire found) {
      Map<?, ?> record = JSON.convertValue(found, Map.class);
      return row(FIELDS.stream().map(field -> text(record.get(field))));
    }
  },
  /** A JSON object a line, in the form that the list has. */
  JSONL("application/jsonl") {
    @Override
    String head() {
      return "";
    }

    @Override
    String line(AuditWire found) {
      return JSON.writeValueAsString(found) + "\n";
    }
  };

  private static final JsonMapper JSON = JsonMapper.builder().build();

  private static final List<String> FIELDS =
      List.of(
          "id",
          "sequence",
          "time",
          "action",
          "entity_type",
          "entity_id",
          "actor_id",
          "actor",
          "address",
          "credential_kind",
          "credential_id",
          "credential",
          "changes");

  /** What makes a spreadsheet take a cell for a formula. */
  private static final String FORMULA = "=+-@\t\r";

  private final String mediaType;

  AuditLines(String mediaType) {
    this.mediaType = mediaType;
  }

  String mediaType() {
    return mediaType;
  }

  String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What comes before the first record. */
  abstract String head();

  abstract String line(AuditWire found);

  private static String row(Stream<String> cells) {
    return cells.map(AuditLines::cell).collect(Collectors.joining(",", "", "\r\n"));
  }

  private static String text(@Nullable Object value) {
    return value instanceof Map<?, ?> changes
        ? JSON.writeValueAsString(changes)
        : Objects.toString(value, "");
  }

  private static String cell(String text) {
    boolean formula = !text.isEmpty() && FORMULA.indexOf(text.charAt(0)) >= 0;
    return "\"" + (formula ? "'" : "") + text.replace("\"", "\"\"") + "\"";
  }
}
