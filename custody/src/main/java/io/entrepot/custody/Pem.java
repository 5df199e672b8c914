// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import java.util.List;

/** The text form of keys: a base64 body between two marker lines. */
final class Pem {

  private Pem() {}

  static String text(String body, String label) {
    return "-----BEGIN " + label + "-----\n" + body + "\n-----END " + label + "-----\n";
  }

  static String body(String pem, String label) {
    List<String> lines = pem.strip().lines().map(String::strip).toList();
    if (lines.size() < 3
        || !lines.getFirst().equals("-----BEGIN " + label + "-----")
        || !lines.getLast().equals("-----END " + label + "-----")) {
      throw new IllegalArgumentException("not a PEM file with a " + label);
    }
    return String.join("", lines.subList(1, lines.size() - 1));
  }
}
