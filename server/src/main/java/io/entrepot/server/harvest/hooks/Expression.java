// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import com.google.re2j.Pattern;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import org.jspecify.annotations.Nullable;

/**
 * A regular expression with named groups in Python's spelling, {@code (?P<name>…)}. It is searched
 * for, not matched whole, in time linear in the text. One with look-around or back-references,
 * which make that impossible, is searched for as long as a fixed number of looks at the text lasts.
 */
sealed interface Expression {

  /** Some milliseconds' worth; a path of 4,096 characters can be gone over five hundred times. */
  int LOOKS = 2_000_000;

  /**
   * @throws IllegalArgumentException saying what is wrong with it
   */
  static Expression of(String text) {
    try {
      return new Linear(Pattern.compile(text));
    } catch (com.google.re2j.PatternSyntaxException e) {
      try {
        return new Bounded(text, PythonPattern.compile(text));
      } catch (IllegalArgumentException worse) {
        e.addSuppressed(worse);
        throw new IllegalArgumentException(
            "This is not a regular expression that can be used: " + e.getDescription(), e);
      }
    }
  }

  /**
   * What the named groups hold where it is first found; null for one that took no part.
   *
   * @throws EntrepotException {@code NOT_SUPPORTED} when it takes too long to tell
   */
  Map<String, @Nullable Object> search(String text);

  /** A search in linear time. */
  record Linear(Pattern pattern) implements Expression {
    @Override
    public Map<String, @Nullable Object> search(String text) {
      com.google.re2j.Matcher matcher = pattern.matcher(text);
      Map<String, @Nullable Object> groups = new LinkedHashMap<>();
      if (matcher.find()) {
        new TreeMap<>(pattern.namedGroups())
            .forEach((name, number) -> groups.put(name, matcher.group(number)));
      }
      return groups;
    }
  }

  /**
   * A search that is given up when it takes too long.
   *
   * @param text as it was written
   */
  record Bounded(String text, PythonPattern.Compiled compiled) implements Expression {
    @Override
    public Map<String, @Nullable Object> search(String searched) {
      Matcher matcher = compiled.pattern().matcher(new CountedText(searched, LOOKS));
      Map<String, @Nullable Object> groups = new LinkedHashMap<>();
      if (found(matcher, searched)) {
        new TreeMap<>(compiled.groups())
            .forEach((name, inJava) -> groups.put(name, matcher.group(inJava)));
      }
      return groups;
    }

    private boolean found(Matcher matcher, String searched) {
      try {
        return matcher.find();
      } catch (CountedText.ExhaustedException | StackOverflowError e) {
        throw new EntrepotException(
            ErrorCode.NOT_SUPPORTED,
            "The pattern "
                + text
                + " takes too long on "
                + searched
                + ". Write it without look-around and back-references, or with fewer repetitions"
                + " inside each other.",
            e);
      }
    }
  }
}
