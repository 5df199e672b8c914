// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.export;

import java.util.Map;

/** Reads the small part of JSON that a {@link JsonLine} is. */
final class JsonLineReader {

  private final String line;
  private int at;

  JsonLineReader(String line) {
    this.line = line;
  }

  void readInto(Map<String, Object> members) {
    expect('{');
    do {
      String name = text();
      expect(':');
      if (members.put(name, peek() == '"' ? text() : number()) != null) {
        throw wrong("\"" + name + "\" is there twice");
      }
    } while (taken(','));
    expect('}');
    if (at != line.length()) {
      throw wrong("something follows the object");
    }
  }

  private Long number() {
    int start = at;
    if (peek() == '-') {
      at++;
    }
    while (Character.isDigit(peek())) {
      at++;
    }
    try {
      return Long.parseLong(line, start, at, 10);
    } catch (NumberFormatException e) {
      throw wrong("neither a text nor an integer");
    }
  }

  private String text() {
    expect('"');
    int end = plainEnd();
    String plain = line.substring(at, end);
    at = end;
    if (taken('"')) {
      return plain;
    }
    StringBuilder text = new StringBuilder(plain);
    while (!taken('"')) {
      char c = next();
      text.append(c == '\\' ? escaped() : c);
    }
    return text.toString();
  }

  private int plainEnd() {
    int end = at;
    while (end < line.length() && line.charAt(end) != '"' && line.charAt(end) != '\\') {
      end++;
    }
    return end;
  }

  private char escaped() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'n' -> '\n';
      case 't' -> '\t';
      case 'r' -> '\r';
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'u' -> unicode();
      default -> throw wrong("an escape that JSON does not know");
    };
  }

  private char unicode() {
    if (at + 4 > line.length()) {
      throw wrong("an escape cut short");
    }
    at += 4;
    return (char) Integer.parseInt(line, at - 4, at, 16);
  }

  private boolean taken(char wanted) {
    if (peek() != wanted) {
      return false;
    }
    at++;
    return true;
  }

  private void expect(char wanted) {
    if (!taken(wanted)) {
      throw wrong("expected " + wanted);
    }
  }

  private char next() {
    if (at == line.length()) {
      throw wrong("the line ends too early");
    }
    return line.charAt(at++);
  }

  /** A zero character past the end: no line of ours holds one. */
  private char peek() {
    return at < line.length() ? line.charAt(at) : '\0';
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException("at character " + (at + 1) + ": " + what);
  }
}
