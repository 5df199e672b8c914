// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import java.text.Normalizer;
import java.util.Locale;

/** The form of a name that is searched: composed (NFC) and in lower case. */
public final class Fold {

  private Fold() {}

  public static String of(String name) {
    return Normalizer.normalize(name, Normalizer.Form.NFC).toLowerCase(Locale.ROOT);
  }
}
