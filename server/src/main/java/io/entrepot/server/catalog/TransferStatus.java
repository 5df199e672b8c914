// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import java.util.Locale;

/** How far one attempt to bring a file into a storage location has come. */
public enum TransferStatus {
  PENDING,
  IN_PROGRESS,
  COMPLETED,
  FAILED,
  SKIPPED;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static TransferStatus ofWord(String word) {
    return valueOf(word.toUpperCase(Locale.ROOT));
  }
}
