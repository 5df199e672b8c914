// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.Id;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One notice on its way by one channel.
 *
 * @param message what it is known by to whoever receives it: the same each time it is tried, and
 *     when it is sent again
 * @param attempts how often it was tried, the attempt that runs included
 * @param outcome what came of the latest attempt, as a sentence; null before the first has ended
 * @param due when it is tried next; null when it will not be
 */
public record Delivery(
    Id id,
    Id channel,
    Id message,
    Announcement what,
    State state,
    int attempts,
    @Nullable String outcome,
    @Nullable Instant due,
    Instant createdAt,
    Instant updatedAt) {

  /** Stored in lower case. */
  public enum State {
    /** It is due, or is being tried. */
    WAITING,
    SENT,
    /** It was given up. */
    FAILED,
    /** Its channel was switched off before it was sent. */
    SKIPPED;

    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    static State ofWord(String word) {
      return valueOf(word.toUpperCase(Locale.ROOT));
    }
  }
}
