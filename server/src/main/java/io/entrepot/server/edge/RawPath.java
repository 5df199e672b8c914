// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Judges a path as it was sent, before anybody has decoded or shortened it. */
final class RawPath {

  private static final Pattern ESCAPED_TWICE = Pattern.compile("(?i)%(25)*(2e|2f|5c|00)");

  private RawPath() {}

  /**
   * What is wrong with the path, in words; empty when nothing is.
   *
   * <p>Refused: bytes that are not printable ASCII, escapes that are broken or not UTF-8, control
   * characters, empty segments inside, {@code .} and {@code ..} as segments, backslashes, and
   * slashes or semicolons hidden in an escape. What is resolved is resolved once; a segment in
   * which another resolving would make a dot, a slash, a backslash or NUL is refused too, wherever
   * an identifier is not free to hold a slash.
   *
   * @param slashes whether an escaped slash may stand in a segment, as a part of an identifier; a
   *     {@code .} or {@code ..} beside it is refused all the same
   */
  static List<String> faults(String raw, boolean slashes) {
    if (!raw.chars().allMatch(c -> c > ' ' && c < 0x7f)) {
      return List.of("it holds a character that must be percent-encoded");
    }
    if (raw.contains("//")) {
      return List.of("it holds an empty segment");
    }
    return List.of(raw.split("/")).stream().flatMap(s -> fault(s, slashes).stream()).toList();
  }

  private static Optional<String> fault(String segment, boolean slashes) {
    Optional<String> decoded = decode(segment);
    if (decoded.isEmpty()) {
      return Optional.of("it holds an escape that is not UTF-8");
    }
    String text = decoded.get();
    if (List.of(text.split("/")).stream().anyMatch(part -> part.equals(".") || part.equals(".."))) {
      return Optional.of("it holds a dot segment");
    }
    if (text.chars().anyMatch(Character::isISOControl)) {
      return Optional.of("it holds a control character");
    }
    if (text.chars().anyMatch(c -> c == '/' && !slashes || c == '\\' || c == ';')) {
      return Optional.of("a segment holds a slash, a backslash or a semicolon");
    }
    if (!slashes && ESCAPED_TWICE.matcher(text).find()) {
      return Optional.of("a segment holds an escape within an escape");
    }
    return Optional.empty();
  }

  /** The segment with its escapes resolved; empty when they are broken or not UTF-8. */
  static Optional<String> decode(String segment) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(segment.length());
    for (int i = 0; i < segment.length(); i++) {
      char c = segment.charAt(i);
      if (c != '%') {
        bytes.write(c);
        continue;
      }
      boolean whole = i + 2 < segment.length();
      int high = whole ? Character.digit(segment.charAt(i + 1), 16) : -1;
      int low = whole ? Character.digit(segment.charAt(i + 2), 16) : -1;
      if (high < 0 || low < 0) {
        return Optional.empty();
      }
      bytes.write(high * 16 + low);
      i += 2;
    }
    try {
      return Optional.of(
          StandardCharsets.UTF_8
              .newDecoder()
              .decode(ByteBuffer.wrap(bytes.toByteArray()))
              .toString());
    } catch (CharacterCodingException _) {
      return Optional.empty();
    }
  }
}
