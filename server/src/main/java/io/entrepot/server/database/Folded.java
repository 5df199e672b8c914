// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.text.Normalizer;
import java.util.Locale;

/** The form in which names that are one to a person are equal: composed (NFC), in lower case. */
public final class Folded {

  private Folded() {}

  public static String of(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
