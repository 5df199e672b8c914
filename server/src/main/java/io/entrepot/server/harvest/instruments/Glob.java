// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;

/**
 * A shell pattern: {@code *} stands for any text, {@code /} included; {@code ?} for one character;
 * {@code [abc]}, {@code [a-z]} and {@code [!x]} for one of, or none of, some. Upper and lower case
 * differ. Matching takes time linear in the text, whatever the pattern.
 */
public final class Glob {

  private final String text;
  private final Pattern pattern;

  private Glob(String text, Pattern pattern) {
    this.text = text;
    this.pattern = pattern;
  }

  /**
   * @throws IllegalArgumentException saying what is wrong with it
   */
  public static Glob of(String text) {
    try {
      return new Glob(text, Pattern.compile(expression(text), Pattern.DOTALL));
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "\"" + text + "\" is not a pattern that can be used: " + e.getDescription(), e);
    }
  }

  /** Whether the file's name or its whole path fits. */
  public boolean fits(String filename, String path) {
    return pattern.matches(filename) || pattern.matches(path);
  }

  @Override
  public String toString() {
    return text;
  }

  private static String expression(String glob) {
    StringBuilder expression = new StringBuilder();
    int i = 0;
    while (i < glob.length()) {
      char c = glob.charAt(i);
      int end = c == '[' ? closing(glob, i) : -1;
      if (c == '*') {
        expression.append(".*");
      } else if (c == '?') {
        expression.append('.');
      } else if (end > 0) {
        expression.append(characterClass(glob.substring(i + 1, end)));
        i = end;
      } else {
        int point = glob.codePointAt(i);
        expression.append(Pattern.quote(Character.toString(point)));
        i += Character.charCount(point) - 1;
      }
      i++;
    }
    return expression.toString();
  }

  /** Where the bracket closes; a bracket right after the opening (or after !) is a member. */
  private static int closing(String glob, int open) {
    int from = open + 1;
    if (from < glob.length() && glob.charAt(from) == '!') {
      from++;
    }
    return glob.indexOf(']', from + 1);
  }

  private static String characterClass(String members) {
    boolean not = members.startsWith("!");
    String escaped = (not ? members.substring(1) : members).replaceAll("[\\\\\\[\\]^&]", "\\\\$0");
    return (not ? "[^" : "[") + escaped + "]";
  }
}
