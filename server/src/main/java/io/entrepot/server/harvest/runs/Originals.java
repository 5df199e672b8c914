// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.server.catalog.Failure;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.catalog.Removals;
import io.entrepot.server.catalog.TransferStatus;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.VerifiedCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Removes originals whose copies are proved, where that was asked for. That it will is on record
 * before it does, so a crash leaves no removal out of the ledger.
 */
final class Originals {

  private final HarvestScene scene;
  private final HarvestTools tools;
  private final Awaited awaited;
  private final Tally tally;
  private final Removals removals;
  private final CustodyWords words;
  private final Retry retry = new Retry();

  /**
   * @param awaited which originals others still need
   * @param tally told of each copy that was lost before its original went
   */
  Originals(HarvestScene scene, HarvestTools tools, Awaited awaited, Tally tally) {
    this.tally = tally;
    this.scene = scene;
    this.tools = tools;
    this.awaited = awaited;
    this.removals = new Removals(tools.database());
    this.words = new CustodyWords(scene);
  }

  /** A copy that was proved by an attempt which began then. */
  record Proved(Planned planned, VerifiedCopy copy, Instant startedAt) {}

  /** What one transaction is to write. */
  private static final class Sheet {
    final List<Id> done = new ArrayList<>();
    final List<Removals.Kept> kept = new ArrayList<>();
    final List<Failure> lost = new ArrayList<>();
    final List<CustodyEntry> custody = new ArrayList<>();
  }

  /** Those whose originals are to go: none where that was not asked for, and none still awaited. */
  List<Proved> going(List<Proved> proved) {
    if (!scene.policy().removeOriginals()) {
      return List.of();
    }
    Set<Id> staying =
        awaited.of(
            proved.stream()
                .map(Proved::planned)
                .collect(Collectors.toMap(Planned::file, Planned::version)));
    return proved.stream().filter(copy -> !staying.contains(copy.planned().file())).toList();
  }

  /**
   * Leaves out what is due only because its original is still there, while that is awaited: no copy
   * is proved anew before it can go.
   */
  List<Finding> due(List<Finding> findings) {
    Map<Id, Integer> kept =
        findings.stream()
            .filter(Originals::onlyToBeRemoved)
            .map(Finding.Due.class::cast)
            .collect(Collectors.toMap(due -> due.known().file(), due -> due.known().version()));
    Set<Id> staying = kept.isEmpty() ? Set.of() : awaited.of(kept);
    if (staying.isEmpty()) {
      return findings;
    }
    boolean rescan = HarvestOrder.of(scene.job().parameters()).rescan();
    List<Finding> due = new ArrayList<>(findings.size());
    for (Finding finding : findings) {
      KnownFile row = finding.row();
      if (row == null || !staying.contains(row.file())) {
        due.add(finding);
      } else if (rescan) {
        due.add(new Finding.Suspect(finding.stat(), row));
      }
    }
    return due;
  }

  private static boolean onlyToBeRemoved(Finding finding) {
    KnownFile.Last last = finding instanceof Finding.Due(_, var known) ? known.transfer() : null;
    return last != null && last.status() == TransferStatus.COMPLETED;
  }

  /** Inside the transaction that records the copies. */
  void announce(List<Proved> going) {
    removals.intended(going.stream().map(copy -> copy.planned().transfer()).toList());
  }

  /** Removes what was announced. */
  void remove(List<Proved> going) {
    if (going.isEmpty()) {
      return;
    }
    Sheet sheet = new Sheet();
    going.forEach(copy -> remove(copy, sheet));
    scene
        .job()
        .effect(
            () -> {
              removals.done(sheet.done);
              removals.kept(sheet.kept);
              tools.ingest().failed(sheet.lost);
              tools.custody().append(sheet.custody);
            });
    scene.job().progress().count(HarvestJob.TRANSFERRED, -sheet.lost.size());
    scene.job().progress().count(HarvestJob.FAILED, sheet.lost.size());
  }

  private void remove(Proved proved, Sheet sheet) {
    Planned planned = proved.planned();
    try {
      tools.mover().removeOriginal(proved.copy());
      sheet.done.add(planned.transfer());
      sheet.custody.add(words.originalRemoved(planned, tools.clock().instant()));
    } catch (StoreException e) {
      scene.job().warn(planned.stat().path() + ": the original stays: " + e.getMessage());
      stays(proved, e, sheet);
    }
  }

  private void stays(Proved proved, StoreException why, Sheet sheet) {
    Planned planned = proved.planned();
    Instant now = tools.clock().instant();
    String message = String.valueOf(why.getMessage());
    if (why.code() == ErrorCode.COPY_LOST) {
      sheet.lost.add(retry.failure(planned, why, proved.startedAt(), now));
      tally.lost(planned, why);
      sheet.custody.add(words.damaged(planned, message, now));
    }
    boolean other = why.code() == ErrorCode.COPY_LOST || why.code() == ErrorCode.SOURCE_CHANGED;
    sheet.kept.add(
        new Removals.Kept(
            planned.transfer(),
            why.code(),
            "The original stays: " + message,
            other ? null : retry.removal(planned.attempt(), now)));
  }

  /** Enters those that a run which was cut off removed and did not come to enter. */
  void enterGone(Collection<KnownFile> gone) {
    Instant now = tools.clock().instant();
    List<Id> transfers = new ArrayList<>();
    List<CustodyEntry> entries = new ArrayList<>();
    for (KnownFile row : gone) {
      KnownFile.Last last = row.transfer();
      if (last != null) {
        transfers.add(last.id());
        entries.add(words.foundRemoved(row, now));
      }
    }
    removals.done(transfers);
    tools.custody().append(entries);
  }
}
