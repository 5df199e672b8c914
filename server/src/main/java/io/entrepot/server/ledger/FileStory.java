// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.custody.CustodyEntry;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What happened to one file, and where it is now.
 *
 * @param entries newest first
 * @param copies in the order they were first made; a copy that was removed is not among them
 */
public record FileStory(List<StoryEntry> entries, List<KnownCopy> copies) {

  public FileStory {
    entries = List.copyOf(entries);
    copies = List.copyOf(copies);
  }

  /**
   * @param oldestFirst in the order of the ledger: times and ids go back with a clock
   */
  static FileStory of(List<StoryEntry> oldestFirst) {
    Map<String, KnownCopy> copies = new LinkedHashMap<>();
    for (StoryEntry line : oldestFirst) {
      tell(copies, line.entry());
    }
    return new FileStory(oldestFirst.reversed(), List.copyOf(copies.values()));
  }

  private static void tell(Map<String, KnownCopy> copies, CustodyEntry entry) {
    String place = entry.route().to();
    if (place.isEmpty()) {
      return;
    }
    Instant time = entry.cause().time();
    long version = entry.file().version();
    switch (entry.event()) {
      case COPIED, ARCHIVED, MIRRORED, REVERIFIED, RESTORED ->
          copies.compute(
              place, (_, old) -> (old == null ? fresh(place) : old).proved(version, time));
      case DAMAGED -> copies.computeIfPresent(place, (_, old) -> old.damaged());
      case COULD_NOT_READ -> copies.computeIfPresent(place, (_, old) -> old.unread(time));
      case REMOVED -> copies.remove(place);
      case DISCOVERED, MISSING_AT_SOURCE -> {}
    }
  }

  private static KnownCopy fresh(String place) {
    return new KnownCopy(place, 0, KnownCopy.State.PROVED, null, null);
  }
}
