// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Rewrites a pattern in Python's spelling to Java's: names of groups, which may not hold
 * underscores in Java, and the characters that only Java gives a meaning inside brackets.
 */
final class PythonPattern {

  private static final Pattern GROUP = Pattern.compile("\\G\\(\\?P?<([A-Za-z_]\\w*)>");
  private static final Pattern AGAIN = Pattern.compile("\\G\\(\\?P=([A-Za-z_]\\w*)\\)");
  private static final Pattern REPEATED = Pattern.compile("\\G\\{(\\d+)(?:,(\\d*))?}");

  /** As RE2 has it: more makes a short pattern a long computation. */
  private static final int MOST_REPETITIONS = 1_000;

  private final String text;
  private final StringBuilder java = new StringBuilder();
  private final Map<String, String> names = new LinkedHashMap<>();
  private int repetitions = 1;

  private PythonPattern(String text) {
    this.text = text;
  }

  /**
   * What Java makes of a pattern.
   *
   * @param groups the names of groups, each with the one that Java knows it by
   */
  record Compiled(Pattern pattern, Map<String, String> groups) {}

  /**
   * @throws PatternSyntaxException when Java cannot use it either, or it repeats too much
   */
  static Compiled compile(String text) {
    PythonPattern rewriting = new PythonPattern(text);
    rewriting.rewrite();
    return new Compiled(Pattern.compile(rewriting.java.toString()), Map.copyOf(rewriting.names));
  }

  private void rewrite() {
    int at = 0;
    while (at < text.length()) {
      char next = text.charAt(at);
      if (next == '\\') {
        at = escape(at);
      } else if (next == '[') {
        at = brackets(at);
      } else if (next == '(') {
        at = parenthesis(at);
      } else {
        if (next == '{') {
          count(at);
        }
        java.append(next);
        at++;
      }
    }
  }

  private int escape(int at) {
    int end = Math.min(at + 2, text.length());
    java.append(text, at, end);
    return end;
  }

  private int brackets(int from) {
    int at = from + 1;
    java.append('[');
    if (text.startsWith("^", at)) {
      java.append('^');
      at++;
    }
    if (text.startsWith("]", at)) {
      java.append("\\]");
      at++;
    }
    while (at < text.length() && text.charAt(at) != ']') {
      char next = text.charAt(at);
      if (next == '\\') {
        at = escape(at);
        continue;
      }
      java.append(next == '[' || next == '&' ? "\\" : "").append(next);
      at++;
    }
    return at;
  }

  private int parenthesis(int at) {
    Matcher again = AGAIN.matcher(text);
    if (again.find(at)) {
      String name = names.get(again.group(1));
      if (name == null) {
        throw new PatternSyntaxException("there is no group " + again.group(1), text, at);
      }
      java.append("\\k<").append(name).append('>');
      return again.end();
    }
    Matcher group = GROUP.matcher(text);
    if (!group.find(at)) {
      java.append('(');
      return at + 1;
    }
    String name = "g" + names.size();
    if (names.put(group.group(1), name) != null) {
      throw new PatternSyntaxException("two groups are called " + group.group(1), text, at);
    }
    java.append("(?<").append(name).append('>');
    return group.end();
  }

  private void count(int at) {
    Matcher repeated = REPEATED.matcher(text);
    if (!repeated.find(at)) {
      return;
    }
    String most = repeated.group(2);
    String last = most == null || most.isEmpty() ? repeated.group(1) : most;
    repetitions = last.length() > 4 ? Integer.MAX_VALUE : times(Integer.parseInt(last));
    if (repetitions > MOST_REPETITIONS) {
      throw new PatternSyntaxException("it repeats more than 1000 times", text, at);
    }
  }

  /** Repetitions may stand inside each other, so they are taken together. */
  private int times(int count) {
    return (int) Math.min((long) repetitions * Math.max(1, count), Integer.MAX_VALUE);
  }
}
