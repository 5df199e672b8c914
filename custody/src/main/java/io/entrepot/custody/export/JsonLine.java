// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.export;

import java.util.LinkedHashMap;
import java.util.Map;

/** A flat JSON object on one line, of strings and integers, in the order they were put. */
final class JsonLine {

  private final Map<String, Object> members = new LinkedHashMap<>();

  JsonLine(String type) {
    members.put("type", type);
  }

  private JsonLine() {}

  JsonLine with(String name, String value) {
    members.put(name, value);
    return this;
  }

  JsonLine with(String name, long value) {
    members.put(name, value);
    return this;
  }

  /**
   * @throws IllegalArgumentException when there is no such string
   */
  String text(String name) {
    if (members.get(name) instanceof String text) {
      return text;
    }
    throw new IllegalArgumentException("no text \"" + name + "\"");
  }

  /**
   * @throws IllegalArgumentException when there is no such integer
   */
  long number(String name) {
    if (members.get(name) instanceof Long number) {
      return number;
    }
    throw new IllegalArgumentException("no integer \"" + name + "\"");
  }

  @Override
  public String toString() {
    StringBuilder out = new StringBuilder(200).append('{');
    members.forEach(
        (name, value) -> {
          if (out.length() > 1) {
            out.append(',');
          }
          quote(out, name);
          out.append(':');
          if (value instanceof String text) {
            quote(out, text);
          } else {
            out.append(value);
          }
        });
    return out.append('}').toString();
  }

  private static void quote(StringBuilder out, String text) {
    out.append('"');
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        default -> {
          if (c < ' ' || Character.isSurrogate(c)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    out.append('"');
  }

  /**
   * @throws IllegalArgumentException when this is no such line; says where
   */
  static JsonLine parse(String line) {
    JsonLine parsed = new JsonLine();
    new JsonLineReader(line).readInto(parsed.members);
    return parsed;
  }
}
