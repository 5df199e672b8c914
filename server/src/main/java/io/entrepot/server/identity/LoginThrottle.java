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
 * Counts tries to sign in, over all doors together, and refuses them when there were too many.
 *
 * <p>A try is counted before the password is looked at, so that a thousand at once are a thousand;
 * one that succeeds is taken back. An address somebody has signed in from before has a count of its
 * own for that account, so a stranger's guessing does not keep the owner out. Counted in this
 * process only.
 */
final class LoginThrottle {

  static final Duration WINDOW = Duration.ofMinutes(10);
  static final int TRIES_PER_ACCOUNT = 20;
  static final int TRIES_PER_ADDRESS = 100;

  /** Far more than can be tried in one window, each try costing a hash. */
  private static final int KEYS_REMEMBERED = 100_000;

  private final InstantSource clock;
  private final Map<String, Deque<Instant>> tries =
      new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Deque<Instant>> eldest) {
          return size() > KEYS_REMEMBERED;
        }
      };

  LoginThrottle(InstantSource clock) {
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

    /** It was the right password: the try does not count. */
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
    String person = "account " + account + (known ? " from " + address : "");
    refuseBeyond(network, TRIES_PER_ADDRESS, now);
    refuseBeyond(person, TRIES_PER_ACCOUNT, now);
    List<String> keys = List.of(network, person);
    keys.forEach(key -> tries.computeIfAbsent(key, _ -> new ArrayDeque<>()).addLast(now));
    return new Try(keys, now);
  }

  private void refuseBeyond(String key, int limit, Instant now) {
    Deque<Instant> past = tries.get(key);
    if (past == null) {
      return;
    }
    while (!past.isEmpty() && !past.getFirst().plus(WINDOW).isAfter(now)) {
      past.removeFirst();
    }
    if (past.size() >= limit) {
      Duration wait = Duration.between(now, past.getFirst().plus(WINDOW));
      throw new RetryLaterException("Too many tries to sign in. Wait, then try again.", wait);
    }
  }

  private synchronized void takeBack(List<String> keys, Instant at) {
    for (String key : keys) {
      Optional.ofNullable(tries.get(key)).ifPresent(past -> past.remove(at));
    }
  }
}
