// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.harvest.hooks.HookChain;
import io.entrepot.server.harvest.instruments.HarvestPolicy;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.storage.ObjectStat;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Lays what is on an instrument beside what the catalogue knows, path by path, and passes on what
 * needs doing. Both sides come in the same order, so neither is held in memory.
 */
final class Discoverer implements Iterator<Finding> {

  /** Why a path is not taken in this run. */
  enum Passed {
    UNSTABLE,
    REFUSED,
    HELD,
    IGNORED
  }

  /**
   * What is the same for the whole run.
   *
   * @param hooks those in force
   * @param now when the run looks, by which a failed file is due or not
   */
  record Rules(HarvestPolicy policy, HookChain hooks, Instant now, HarvestOrder order) {}

  /** Is told what is not passed on. */
  interface Witness {
    /** A path that is not taken in this run, with the reason for a person. */
    void passed(Passed why, String what);

    /** A known path that the walk did not come by. */
    void missing(KnownFile row);
  }

  private final Iterator<Sighting> walk;
  private final Iterator<KnownFile> catalogue;
  private final Rules rules;
  private final Witness witness;
  private @Nullable KnownFile known;
  private @Nullable Finding next;
  private long seen;

  Discoverer(Iterator<Sighting> walk, Iterator<KnownFile> catalogue, Rules rules, Witness witness) {
    this.walk = walk;
    this.catalogue = catalogue;
    this.rules = rules;
    this.witness = witness;
  }

  /** How many files were come by so far. */
  long seen() {
    return seen;
  }

  @Override
  public boolean hasNext() {
    while (next == null && walk.hasNext()) {
      Sighting sighting = walk.next();
      seen++;
      next = look(sighting).orElse(null);
    }
    if (next == null) {
      passTo(null);
    }
    return next != null;
  }

  @Override
  public Finding next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Finding found = next;
    next = null;
    return found;
  }

  private Optional<Finding> look(Sighting sighting) {
    KnownFile row = passTo(sighting.path());
    String refusal = refusal(sighting);
    if (refusal != null) {
      witness.passed(Passed.REFUSED, sighting.path() + ": " + refusal);
      return Optional.empty();
    }
    if (!sighting.path().startsWith(rules.order().pathPrefix()) || isLeftOut(sighting)) {
      return Optional.empty();
    }
    if (!sighting.marked()) {
      witness.passed(Passed.UNSTABLE, sighting.path() + ": its marker file is not there yet");
      return Optional.empty();
    }
    return row == null
        ? Optional.of(new Finding.Added(sighting.stat()))
        : compare(sighting.stat(), row);
  }

  /** The known row for this path, after telling of those before it that are no longer there. */
  private @Nullable KnownFile passTo(@Nullable String path) {
    while (known != null || catalogue.hasNext()) {
      KnownFile row = known == null ? catalogue.next() : known;
      int order = path == null ? -1 : PathOrder.compare(row.path(), path);
      if (order > 0) {
        known = row;
        return null;
      }
      known = null;
      if (order == 0) {
        return row;
      }
      witness.missing(row);
    }
    return null;
  }

  private static @Nullable String refusal(Sighting sighting) {
    String path = sighting.path();
    for (int i = 0; i < path.length(); i++) {
      if (Character.isISOControl(path.charAt(i))) {
        return "its name holds a control character; rename it on the instrument";
      }
    }
    return path.length() > Instruments.PATH_LIMIT
        ? "its path is longer than " + Instruments.PATH_LIMIT + " characters; move it up"
        : null;
  }

  private boolean isLeftOut(Sighting sighting) {
    HarvestPolicy policy = rules.policy();
    String path = sighting.path();
    String name = sighting.stat().path().name();
    return policy.exclude().stream().anyMatch(glob -> glob.fits(name, path))
        || (!policy.include().isEmpty()
            && policy.include().stream().noneMatch(glob -> glob.fits(name, path)));
  }

  private Optional<Finding> compare(ObjectStat stat, KnownFile row) {
    boolean same =
        stat.size() == row.size()
            && stat.modified().truncatedTo(ChronoUnit.MICROS).equals(row.modified());
    boolean sameFingerprint = stat.fingerprint().equals(row.fingerprint());
    if (row.xxhash() == null) {
      if (isNameLost(row, same && sameFingerprint)) {
        return Optional.of(new Finding.Changed(stat, row));
      }
      return same && sameFingerprint
          ? due(stat, row)
          : Optional.of(new Finding.SeenAnew(stat, row));
    }
    if (same && !sameFingerprint) {
      return Optional.of(new Finding.Suspect(stat, row));
    }
    // Other bytes than those on record came when it was last read, whatever it looks like.
    if (!same || failedWith(ErrorCode.SOURCE_DIFFERS, row)) {
      return changed(stat, row);
    }
    Optional<Finding> due = due(stat, row);
    return due.isEmpty() && rules.order().rescan()
        ? Optional.of(new Finding.Suspect(stat, row))
        : due;
  }

  /**
   * Whether the name of a version that was never proved is taken for good: by a copy of an earlier
   * content, or by something else while the original became another. The next has its own name.
   */
  private static boolean isNameLost(KnownFile row, boolean unchanged) {
    return failedWith(ErrorCode.SOURCE_DIFFERS, row)
        || (!unchanged && failedWith(ErrorCode.ALREADY_EXISTS, row));
  }

  /** An ignored change is not taken anywhere: its bytes are not those of the version on record. */
  private Optional<Finding> changed(ObjectStat stat, KnownFile row) {
    return switch (rules.policy().onChange()) {
      case VERSION -> Optional.of(new Finding.Changed(stat, row));
      case IGNORE -> {
        witness.passed(Passed.IGNORED, changeIgnored(row.path()));
        yield Optional.empty();
      }
      case FAIL -> {
        witness.passed(Passed.HELD, changeRefused(row.path()));
        yield Optional.empty();
      }
    };
  }

  private static boolean failedWith(ErrorCode code, KnownFile row) {
    KnownFile.Last last = row.transfer();
    return last != null
        && last.status() == TransferStatus.FAILED
        && last.version() == row.version()
        && code == last.errorCode();
  }

  static String changeIgnored(String path) {
    return path + ": its content changed and is left at the first, as is set for this instrument";
  }

  static String changeRefused(String path) {
    return path + ": its content changed, which is not allowed here";
  }

  private Optional<Finding> due(ObjectStat stat, KnownFile row) {
    KnownFile.Last last = row.transfer();
    boolean wanted = last == null || last.version() < row.version() || isDue(last);
    return wanted ? Optional.of(new Finding.Due(stat, row)) : Optional.empty();
  }

  private boolean isDue(KnownFile.Last last) {
    return switch (last.status()) {
      // A crash between proof and removal left it behind, or its source did not let it go; both
      // sides are read again before it goes.
      case COMPLETED ->
          rules.policy().removeOriginals() && (last.retryAt() == null || isTime(last.retryAt()));
      case PENDING, IN_PROGRESS -> true;
      case SKIPPED -> isRuleAnother(last);
      case FAILED -> isTime(last.retryAt()) || (isHeld(last) && isRuleAnother(last));
    };
  }

  private boolean isRuleAnother(KnownFile.Last last) {
    return !rules.hooks().isInForce(last.rule());
  }

  /** Whether it was a hook that kept it; a path can be refused for its name too. */
  private static boolean isHeld(KnownFile.Last last) {
    return last.errorCode() == ErrorCode.HOOK_FAILED
        || (last.errorCode() == ErrorCode.PATH_REFUSED && last.rule() != null);
  }

  private boolean isTime(@Nullable Instant retryAt) {
    return rules.order().retryFailed() || (retryAt != null && !retryAt.isAfter(rules.now()));
  }

  /** Whether a transfer row can be used again instead of being left behind. */
  static boolean isInterrupted(KnownFile.@Nullable Last last, int version) {
    return last != null
        && last.version() == version
        && (last.status() == TransferStatus.PENDING || last.status() == TransferStatus.IN_PROGRESS);
  }
}
