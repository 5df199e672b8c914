// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

/**
 * The order of the UTF-8 bytes of paths, in which the database keeps them. Java's own order differs
 * where a surrogate pair, which stands for a high code point, meets a character from U+E000 on.
 */
final class PathOrder {

  private PathOrder() {}

  static int compare(String a, String b) {
    int shared = Math.min(a.length(), b.length());
    for (int i = 0; i < shared; i++) {
      char x = a.charAt(i);
      char y = b.charAt(i);
      if (x != y) {
        return Character.isSurrogate(x) == Character.isSurrogate(y)
            ? Character.compare(x, y)
            : Boolean.compare(Character.isSurrogate(x), Character.isSurrogate(y));
      }
    }
    return Integer.compare(a.length(), b.length());
  }
}
