// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.Failure;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * When a failed file is tried again: after 30 s, then twice as long each time up to an hour, eight
 * times in all; then only when somebody asks or the file changes, from when on it is eight times
 * again. What is not the file's fault does not count. A whole new attempt follows even a wrong
 * checksum, because its record and its warning stay. What a hook holds back is asked about for
 * ever: nothing is wrong with it. A run that finds no way to its stores is made again likewise.
 */
final class Retry {

  private static final Duration FIRST = Duration.ofSeconds(30);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_KEPT = Duration.ofDays(7);
  static final int MOST_TRIES = 8;

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

  /** What comes and goes without anybody's doing, as a host that starts anew. */
  private static final Set<ErrorCode> PASSING =
      EnumSet.of(
          ErrorCode.STORE_UNREACHABLE,
          ErrorCode.STORE_HOST_UNKNOWN,
          ErrorCode.STORE_ROOT_MISSING,
          ErrorCode.STORE_FULL);

  /**
   * @param startedAt when the attempt began; null when it was held back
   */
  Failure failure(
      Planned planned, EntrepotException why, @Nullable Instant startedAt, Instant now) {
    int tries = planned.tries() + (AT_ONCE.contains(why.code()) ? 0 : 1);
    return new Failure(
        planned.transfer(),
        why.code(),
        String.valueOf(why.getMessage()),
        startedAt,
        now,
        next(tries, why.code(), now),
        tries,
        null);
  }

  /**
   * When to make a run again that could not go on.
   *
   * @param failed how many in a row could not, this one among them
   * @return empty when it is left to its schedule
   */
  static Optional<Instant> run(int failed, ErrorCode code, Instant now) {
    return PASSING.contains(code) && failed < MOST_TRIES
        ? Optional.of(now.plus(doubled(FIRST, failed, LONGEST)))
        : Optional.empty();
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

  private static Duration doubled(Duration first, int time, Duration longest) {
    Duration wait = first.multipliedBy(1L << Math.min(time - 1, 20));
    return wait.compareTo(longest) < 0 ? wait : longest;
  }

  private static @Nullable Instant next(int tries, ErrorCode code, Instant now) {
    if (AT_ONCE.contains(code)) {
      return now;
    }
    if (IN_THE_WAY.contains(code)) {
      return now.plus(LONGEST);
    }
    boolean holdsOn = code == ErrorCode.HOOK_FAILED;
    if (HOPELESS.contains(code) || (tries >= MOST_TRIES && !holdsOn)) {
      return null;
    }
    return now.plus(doubled(FIRST, tries, LONGEST));
  }
}
