// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/** The doors of the house that a key can be kept to: one for each API. */
public enum Door {
  HARVEST,
  BACKUP,
  SYNC,
  WORKSPACES,
  SESSION,
  QUERY,
  DAV;

  /** As it is written in requests, answers and tables. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static Optional<Door> ofWord(String word) {
    return Arrays.stream(values()).filter(door -> door.word().equals(word)).findFirst();
  }
}
