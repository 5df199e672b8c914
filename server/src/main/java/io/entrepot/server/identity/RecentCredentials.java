// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.custody.AuditEntry;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;

/**
 * What credentials proved in the last second, so that a busy client's is not looked up for each of
 * its requests.
 *
 * <p>Whatever is written down about people, logins or keys ends all of it at once; every change of
 * those is in the audit log. What another server of the same database did, and that time ran out
 * for a credential, is noticed after a second.
 */
final class RecentCredentials {

  private static final Duration KEPT = Duration.ofSeconds(1);
  private static final int MOST = 10_000;
  private static final Set<String> ABOUT = Set.of("user", "session", "api_key");

  private final InstantSource clock;
  private final Map<String, Proved> proved = new ConcurrentHashMap<>();
  private final AtomicLong changes = new AtomicLong();

  RecentCredentials(InstantSource clock) {
    this.clock = clock;
  }

  /**
   * Who it was.
   *
   * @param change the number of changes before this was looked up
   */
  private record Proved(SignedIn who, Instant at, long change) {

    boolean counts(Instant now, long changes) {
      return change == changes && !now.isBefore(at) && now.isBefore(at.plus(KEPT));
    }
  }

  /** Hears of an entry of the audit log. */
  void changed(AuditEntry.Entity entity) {
    if (ABOUT.contains(entity.type())) {
      changes.incrementAndGet();
    }
  }

  /**
   * @param credential as it was sent; of one that proves nothing, nothing is kept
   * @param lookUp what it proves now
   */
  Optional<SignedIn> find(String credential, Supplier<Optional<SignedIn>> lookUp) {
    String key = Secret.hash(credential);
    long change = changes.get();
    Instant now = clock.instant();
    Proved known = proved.get(key);
    if (known != null && known.counts(now, change)) {
      return Optional.of(known.who());
    }
    Optional<SignedIn> found = lookUp.get();
    if (proved.size() >= MOST) {
      proved.clear();
    }
    found.ifPresentOrElse(
        who -> proved.put(key, new Proved(who, now, change)), () -> proved.remove(key));
    return found;
  }
}
