// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression with named groups in Python's spelling, {@code (?P<name>…)}. It is searched
 * for, not matched whole, in time linear in the text; look-around and back-references, which make
 * that impossible, are refused.
 */
final class Expression {

  private final Pattern pattern;

  private Expression(Pattern pattern) {
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Expression of(String text) {
    try {
      return new Expression(Pattern.compile(text));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "This is not a regular expression that can be used: " + e.getDescription(), e);
    }
  }

  /** What the named groups hold where it is first found; null for one that took no part. */
  Map<String, @Nullable Object> search(String text) {
    Matcher matcher = pattern.matcher(text);
    Map<String, @Nullable Object> groups = new LinkedHashMap<>();
    if (matcher.find()) {
      new TreeMap<>(pattern.namedGroups())
          .forEach((name, number) -> groups.put(name, matcher.group(number)));
    }
    return groups;
  }
}
