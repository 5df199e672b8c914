// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import java.util.Locale;

/** What can happen to a version of a file. Written to the ledger as its name in lower case. */
public enum CustodyEvent {
  /** Seen at its source for the first time. */
  DISCOVERED,
  /** Copied, and the copy proved. */
  COPIED,
  /** Put into an archive of a repository. */
  ARCHIVED,
  /** Its repository was copied elsewhere. */
  MIRRORED,
  /** A copy was read again and found good. */
  REVERIFIED,
  /** Brought back from an archive. */
  RESTORED,
  /** A copy was read and is not what it was. */
  DAMAGED,
  /** A copy could not be read; says nothing about its bytes. */
  COULD_NOT_READ,
  /** A copy was removed. */
  REMOVED,
  /** No longer at its source; our copies stay. */
  MISSING_AT_SOURCE;

  /** The kind of the ledger entry. */
  public String kind() {
    return name().toLowerCase(Locale.ROOT);
  }

  /**
   * @throws IllegalArgumentException when there is no such kind
   */
  public static CustodyEvent ofKind(String kind) {
    CustodyEvent event = valueOf(kind.toUpperCase(Locale.ROOT));
    if (!event.kind().equals(kind)) {
      throw new IllegalArgumentException("not a kind of custody entry: " + kind);
    }
    return event;
  }
}
