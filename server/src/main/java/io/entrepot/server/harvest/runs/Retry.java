// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a failed file is tried again: after 30 s, then twice as long each time up to an hour, eight
 * attempts in all; then only when somebody asks or the file changes. A whole new attempt follows
 * even a wrong checksum, because its record and its warning stay. What a hook holds back is asked
 * about for ever: nothing is wrong with it.
 */
final class Retry {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_KEPT = Duration.ofDays(7);
  static final int MOST_ATTEMPTS = 8;

  /** Trying these again without a change gives the same. */
  private static final Set<ErrorCode> HOPELESS =
      EnumSet.of(ErrorCode.PATH_REFUSED, ErrorCode.NAME_REFUSED);

  /** Something stands in the way, which may be moved at any time. */
  private static final Set<ErrorCode> IN_THE_WAY =
      EnumSet.of(ErrorCode.ALREADY_EXISTS, ErrorCode.CONFLICT_STATE);

  /** The fault is not the file's: it is due as soon as the next run comes. */
  private static final Set<ErrorCode> AT_ONCE =
      EnumSet.of(
          ErrorCode.CANCELLED,
          ErrorCode.SOURCE_CHANGED,
          ErrorCode.SOURCE_DIFFERS,
          ErrorCode.INTERRUPTED);

  /**
   * @param startedAt when the attempt began; null when it was held back
   */
  Failure failure(
      Planned planned, EntrepotException why, @Nullable Instant startedAt, Instant now) {
    return new Failure(
        planned.transfer(),
        why.code(),
        String.valueOf(why.getMessage()),
        startedAt,
        now,
        next(planned.attempt(), why.code(), now),
        null);
  }

  /**
   * When to try again to remove an original which its source does not let go; each time the copy is
   * proved anew. After an hour, then twice as long each time up to a week.
   *
   * @param attempt the number of the attempt that proved the copy
   */
  Instant removal(int attempt, Instant now) {
    return now.plus(doubled(LONGEST, attempt, LONGEST_KEPT));
  }

  private static Duration doubled(Duration first, int attempt, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(attempt - 1, 20));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  private static @Nullable Instant next(int attempt, ErrorCode code, Instant now) {
    if (AT_ONCE.contains(code)) {
      return now;
    }
    if (IN_THE_WAY.contains(code)) {
      return now.plus(LONGEST);
    }
    boolean holdsOn = code == ErrorCode.HOOK_FAILED;
    if (HOPELESS.contains(code) || (attempt >= MOST_ATTEMPTS && !holdsOn)) {
      return null;
    }
    return now.plus(doubled(FIRST, attempt, LONGEST));
  }
}
