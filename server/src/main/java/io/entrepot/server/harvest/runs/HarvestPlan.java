// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.catalog.Attempt;
import io.entrepot.server.catalog.Discovery;
import io.entrepot.server.catalog.Failure;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.server.harvest.hooks.HookChain;
import io.entrepot.server.harvest.hooks.Verdict;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Puts findings on record, many in one transaction, before any byte of them moves: new files get
 * their row and their ARK, changed ones their version, and each an attempt that is pending,
 * skipped, or held by a hook.
 */
final class HarvestPlan {

  private static final String NO_METADATA = "{}";

  private final HarvestScene scene;
  private final HarvestTools tools;
  private final HookChain hooks;
  private final Originals originals;
  private final Retry retry;
  private final Destination destination;
  private final SourceContent content;
  private final Told told;
  private long plannedBytes;
  private long plannedFiles;

  /**
   * Who is told of what is not taken.
   *
   * @param passed of what this run passes by
   * @param tally of what failed
   */
  record Told(BiConsumer<Discoverer.Passed, String> passed, Tally tally) {}

  HarvestPlan(
      HarvestScene scene, HarvestTools tools, HookChain hooks, Originals originals, Told told) {
    this.originals = originals;
    this.told = told;
    this.scene = scene;
    this.tools = tools;
    this.hooks = hooks;
    this.retry = new Retry();
    this.destination = new Destination(scene.location(), scene.instrument());
    this.content = new SourceContent(scene.stores().source(), scene.job());
  }

  /** What one transaction is to write. */
  private static final class Sheet {
    final List<Discovery> added = new ArrayList<>();
    final List<Discovery> changed = new ArrayList<>();
    final List<Discovery> seenAgain = new ArrayList<>();
    final List<Attempt> attempts = new ArrayList<>();
    final List<Id> takenUp = new ArrayList<>();
    final List<Failure> held = new ArrayList<>();
    final List<Planned> planned = new ArrayList<>();
    int skipped;
    int heldOn;
    int unread;
  }

  /**
   * Puts them on record.
   *
   * @return those whose bytes are to be copied
   */
  List<Planned> record(List<Finding> findings) {
    Instant now = tools.clock().instant();
    Sheet sheet = new Sheet();
    for (Finding finding : originals.due(findings)) {
      settled(finding, now, sheet);
    }
    scene
        .job()
        .effect(
            () -> {
              tools.ingest().discovered(sheet.added, now);
              tools.ingest().changed(sheet.changed, now);
              tools.ingest().seenAgain(sheet.seenAgain);
              tools
                  .ingest()
                  .attempts(sheet.attempts, scene.instrument().settings().transferAdapter(), now);
              tools.ingest().takenUp(sheet.takenUp, scene.job().job());
              tools.ingest().failed(sheet.held);
            });
    scene.job().progress().count("new", sheet.added.size());
    scene.job().progress().count("changed", sheet.changed.size());
    scene.job().progress().count("skipped", sheet.skipped);
    scene.job().progress().count(HarvestJob.FAILED, sheet.held.size() + sheet.unread);
    if (sheet.heldOn > 0) {
      scene.job().progress().count(HarvestJob.HELD, sheet.heldOn);
    }
    plannedFiles += sheet.planned.size();
    for (Planned planned : sheet.planned) {
      plannedBytes += planned.stat().size();
    }
    return sheet.planned;
  }

  /** Says how much there is to do, now that all that was found is planned. */
  void tellTotal() {
    scene.job().progress().total(plannedBytes, plannedFiles);
  }

  /** A suspect is read: other content is a change, the same content only needs noting. */
  private void settled(Finding finding, Instant now, Sheet sheet) {
    if (!(finding instanceof Finding.Suspect(var stat, var known))) {
      enter(finding, now, sheet);
      return;
    }
    try {
      if (content.xxh64(stat.path()).hex().equals(known.xxhash())) {
        sheet.seenAgain.add(discovery(known.file(), stat));
      } else {
        changedUnseen(stat, known, now, sheet);
      }
    } catch (StoreException e) {
      if (HarvestResults.STORE_IS_GONE.contains(e.code())) {
        throw e;
      }
      sheet.unread++;
      told.tally().failed(stat.path().text(), e, false);
      scene.job().warn(stat.path() + " could not be compared with what is kept: " + e.getMessage());
    }
  }

  /** Its size and time are what they were, its content is not. */
  private void changedUnseen(ObjectStat stat, KnownFile known, Instant now, Sheet sheet) {
    switch (scene.policy().onChange()) {
      case VERSION -> enter(new Finding.Changed(stat, known), now, sheet);
      case IGNORE ->
          told.passed()
              .accept(Discoverer.Passed.IGNORED, Discoverer.changeIgnored(stat.path().text()));
      case FAIL ->
          told.passed()
              .accept(Discoverer.Passed.HELD, Discoverer.changeRefused(stat.path().text()));
    }
  }

  private Discovery discovery(Id file, ObjectStat stat) {
    return new Discovery(
        file,
        scene.instrument().id(),
        stat.path().text(),
        stat.size(),
        stat.modified(),
        stat.fingerprint());
  }

  private void enter(Finding finding, Instant now, Sheet sheet) {
    KnownFile row = finding.row();
    Id file = row == null ? tools.ids().nextForFile() : row.file();
    int version = row == null ? 1 : row.version();
    Discovery discovery = discovery(file, finding.stat());
    switch (finding) {
      case Finding.Added _ -> sheet.added.add(discovery);
      case Finding.Changed _ -> {
        sheet.changed.add(discovery);
        version++;
      }
      case Finding.SeenAnew _, Finding.Suspect _ -> sheet.seenAgain.add(discovery);
      case Finding.Due _ -> {}
    }
    judge(finding, file, version, now, sheet);
  }

  private void judge(Finding finding, Id file, int version, Instant now, Sheet sheet) {
    KnownFile row = finding.row();
    String metadata = row == null ? NO_METADATA : row.metadata();
    KnownFile.Last last = row == null ? null : row.transfer();
    ObjectPath target = destination.of(finding.stat().path(), version);
    Planned planned =
        new Planned(
            file,
            version,
            transferId(last, version),
            number(last, version),
            tries(finding, last, version),
            finding.stat(),
            metadata,
            target,
            row == null ? Leftover.NONE : Leftover.of(row, version, target),
            row == null || version != row.version() ? null : row.xxhash());
    Verdict verdict = hooks.judge(planned.subject());
    if (isHeld(last) != verdict instanceof Verdict.Hold) {
      // Neither is held against the other.
      planned = planned.afterTries(0);
    }
    switch (verdict) {
      case Verdict.Proceed _ -> proceed(planned, last, sheet);
      case Verdict.Skip skip -> {
        sheet.skipped++;
        attempt(planned, last, new Attempt.Skip(skip.reason(), hooks.rule(skip.by())), sheet);
      }
      case Verdict.Hold hold ->
          hold(
              planned,
              last,
              new EntrepotException(ErrorCode.HOOK_FAILED, hold.reason()),
              now,
              sheet);
      case Verdict.Redirect(_, String elsewhere) -> {
        try {
          ObjectPath there = destination.redirected(elsewhere, finding.stat().path(), version);
          proceed(redirected(planned, there, row), last, sheet);
        } catch (EntrepotException e) {
          hold(planned, last, e, now, sheet);
        }
      }
    }
  }

  private static Planned redirected(Planned planned, ObjectPath target, @Nullable KnownFile row) {
    return new Planned(
        planned.file(),
        planned.version(),
        planned.transfer(),
        planned.attempt(),
        planned.tries(),
        planned.stat(),
        planned.metadata(),
        target,
        row == null ? Leftover.NONE : Leftover.of(row, planned.version(), target),
        planned.xxhash());
  }

  private void proceed(Planned planned, KnownFile.@Nullable Last last, Sheet sheet) {
    attempt(planned, last, null, sheet);
    sheet.planned.add(planned);
  }

  private void hold(
      Planned planned,
      KnownFile.@Nullable Last last,
      EntrepotException why,
      Instant now,
      Sheet sheet) {
    if (last != null && isHeldOn(planned, last, why)) {
      Planned again = planned.under(last.id(), last.attempt());
      sheet.heldOn++;
      sheet.takenUp.add(last.id());
      sheet.held.add(retry.failure(again, why, null, now).under(hooks.rule()));
    } else {
      attempt(planned, last, null, sheet);
      sheet.held.add(retry.failure(planned, why, null, now).under(hooks.rule()));
    }
    told.tally().failed(planned, why);
    scene.job().warn(planned.stat().path() + ": " + why.getMessage());
  }

  /** What waits for ever does not get a record an hour for ever. */
  private static boolean isHeldOn(Planned planned, KnownFile.Last last, EntrepotException why) {
    return why.code() == ErrorCode.HOOK_FAILED
        && last.errorCode() == ErrorCode.HOOK_FAILED
        && last.status() == TransferStatus.FAILED
        && last.version() == planned.version()
        && last.tries() >= Retry.MOST_TRIES;
  }

  private void attempt(
      Planned planned, KnownFile.@Nullable Last last, Attempt.@Nullable Skip skip, Sheet sheet) {
    if (last == null || !Discoverer.isInterrupted(last, planned.version())) {
      sheet.attempts.add(attempt(planned, planned.transfer(), planned.attempt(), skip));
    } else if (skip != null) {
      sheet.attempts.add(attempt(planned, tools.ids().next(), last.attempt() + 1, skip));
    } else {
      sheet.takenUp.add(planned.transfer());
    }
  }

  private Attempt attempt(Planned planned, Id transfer, int number, Attempt.@Nullable Skip skip) {
    return new Attempt(
        transfer,
        planned.file(),
        planned.version(),
        scene.location().id(),
        scene.job().job(),
        number,
        skip);
  }

  /** An attempt that a crash cut off goes on under its own record. */
  private Id transferId(KnownFile.@Nullable Last last, int version) {
    return last != null && Discoverer.isInterrupted(last, version) ? last.id() : tools.ids().next();
  }

  private static boolean isHeld(KnownFile.@Nullable Last last) {
    return last != null && last.errorCode() == ErrorCode.HOOK_FAILED;
  }

  /** How many attempts failed since it was last seen to change, or asked for, or cut off. */
  private static int tries(Finding finding, KnownFile.@Nullable Last last, int version) {
    return last == null
            || last.version() != version
            || finding instanceof Finding.SeenAnew
            || Discoverer.isInterrupted(last, version)
        ? 0
        : last.tries();
  }

  private static int number(KnownFile.@Nullable Last last, int version) {
    if (last == null || last.version() != version) {
      return 1;
    }
    return Discoverer.isInterrupted(last, version) ? last.attempt() : last.attempt() + 1;
  }
}
