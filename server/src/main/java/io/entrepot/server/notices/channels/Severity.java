// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import java.util.Locale;
import java.util.Optional;

/** How much something matters, the least first. Stored by name in lower case. */
public enum Severity {
  /** It went well. */
  SUCCESS,
  WARNING,
  FAILURE;

  /** A rule that begins here lets everything pass. */
  private static final String EVERYTHING = "all";

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What a rule that begins here is called: {@code failure}, {@code warning} or {@code all}. */
  public String ruleWord() {
    return this == SUCCESS ? EVERYTHING : word();
  }

  static Severity ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }

  public static Optional<Severity> ofRuleWord(String word) {
    for (Severity one : values()) {
      if (one.ruleWord().equals(word)) {
        return Optional.of(one);
      }
    }
    return Optional.empty();
  }
}
