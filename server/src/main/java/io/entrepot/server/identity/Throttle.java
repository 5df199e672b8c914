// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.RetryLaterException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Counts tries of what anybody may do to any account, over all doors together, and refuses them
 * when there were too many. Whether there is such an account makes no difference.
 *
 * <p>A try is counted before anything else is looked at, so that a thousand at once are a thousand;
 * one that succeeds can be taken back. An address somebody has signed in from before has a count of
 * its own for that account, so a stranger's tries do not keep the owner out. Counted in this
 * process only.
 */
final class Throttle {

  /**
   * How much is too much.
   *
   * @param window for how long a try counts
   * @param perAccount from strangers together, and again from each address that is known
   * @param perAddress from one network, to all accounts together
   * @param refusal what is said to whoever did too much
   */
  record Limits(Duration window, int perAccount, int perAddress, String refusal) {}

  static final Limits SIGN_IN =
      new Limits(
          Duration.ofMinutes(10), 20, 100, "Too many tries to sign in. Wait, then try again.");

  /** Each may cost a mail, and whoever owns the address reads them all. */
  static final Limits LINKS =
      new Limits(
          Duration.ofHours(1), 5, 30, "Links were asked for too often. Wait, then ask again.");

  /** Each costs the work of a password, and is kept for good. */
  static final Limits REGISTRATION =
      new Limits(Duration.ofHours(1), 5, 60, "Accounts were made too often. Wait, then try again.");

  /** How many counts are kept; beyond them the one that was longest not asked for is forgotten. */
  private static final int KEYS_REMEMBERED = 100_000;

  private final Limits limits;
  private final InstantSource clock;
  private final Map<String, Deque<Instant>> tries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > KEYS_REMEMBERED;
        }
      };

  Throttle(Limits limits, InstantSource clock) {
    this.limits = limits;
    this.clock = clock;
  }

  /** A try that is under way. */
  final class Try {
    private final List<String> keys;
    private final Instant at;

    private Try(List<String> keys, Instant at) {
      this.keys = keys;
      this.at = at;
    }

    /** It was no abuse, as a right password shows: the try does not count. */
    void succeeded() {
      takeBack(keys, at);
    }
  }

  /**
   * Counts a try.
   *
   * @param known whether somebody signed in to this account from this address before
   * @throws RetryLaterException when there were too many; this one is not counted then
   */
  synchronized Try begin(String account, String address, boolean known) {
    Instant now = clock.instant();
    String network = "address " + Network.of(address);
    // Of one length, whatever somebody typed.
    String person = "account " + Secret.hash(account) + (known ? " from " + address : "");
    refuseBeyond(network, limits.perAddress(), now);
    refuseBeyond(person, limits.perAccount(), now);
    List<String> keys = List.of(network, person);
    keys.forEach(key -> tries.computeIfAbsent(key, _ -> new ArrayDeque<>()).addLast(now));
    return new Try(keys, now);
  }

  private void refuseBeyond(String key, int limit, Instant now) {
    Deque<Instant> past = tries.get(key);
    if (past == null) {
      return;
    }
    // One yet to come was counted before the machine's clock was set back.
    past.removeIf(at -> at.isAfter(now));
    while (!past.isEmpty() && !past.getFirst().plus(limits.window()).isAfter(now)) {
      past.removeFirst();
    }
    if (past.isEmpty()) {
      tries.remove(key);
    }
    if (past.size() >= limit) {
      Duration wait = Duration.between(now, past.getFirst().plus(limits.window()));
      throw new RetryLaterException(limits.refusal(), wait);
    }
  }

  private synchronized void takeBack(List<String> keys, Instant at) {
    for (String key : keys) {
      Optional.ofNullable(tries.get(key)).ifPresent(past -> past.remove(at));
    }
  }
}
