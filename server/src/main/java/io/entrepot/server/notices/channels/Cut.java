// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

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
}
