// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A place that holds a version of a file, as far as the ledger knows.
 *
 * @param place as the entries name it
 * @param lastProved when its bytes were last read and found right
 * @param lastUnread when reading it last failed, if that is later than the last proof
 */
public record KnownCopy(
    String place,
    long version,
    State state,
    @Nullable Instant lastProved,
    @Nullable Instant lastUnread) {

  /** What was last found out about its bytes. */
  public enum State {
    PROVED,
    DAMAGED
  }

  KnownCopy proved(long newVersion, Instant time) {
    return new KnownCopy(place, newVersion, State.PROVED, time, null);
  }

  KnownCopy damaged() {
    return new KnownCopy(place, version, State.DAMAGED, lastProved, lastUnread);
  }

  KnownCopy unread(Instant time) {
    return new KnownCopy(place, version, state, lastProved, time);
  }
}
