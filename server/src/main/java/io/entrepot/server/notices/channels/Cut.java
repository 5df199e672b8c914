// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import java.util.function.UnaryOperator;

/** Makes text as short as a service wants it. */
final class Cut {

  private Cut() {}

  static String to(int limit, String text) {
    if (text.length() <= limit) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(limit - 2)) ? limit - 2 : limit - 1;
    return text.substring(0, end) + "…";
  }

  /** As much of the text as is short enough when escaped; never cut inside what an escape makes. */
  static String escaped(int limit, String text, UnaryOperator<String> escape) {
    String whole = escape.apply(text);
    if (whole.length() <= limit) {
      return whole;
    }
    StringBuilder kept = new StringBuilder();
    for (int at = 0; at < text.length(); at = text.offsetByCodePoints(at, 1)) {
      String next = escape.apply(Character.toString(text.codePointAt(at)));
      if (kept.length() + next.length() >= limit) {
        break;
      }
      kept.append(next);
    }
    return kept + "…";
  }
}
