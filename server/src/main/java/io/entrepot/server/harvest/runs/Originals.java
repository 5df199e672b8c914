// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.server.catalog.Failure;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.catalog.Removals;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.VerifiedCopy;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Removes originals whose copies are proved, where that was asked for. That it will is on record
 * before it does, so a crash leaves no removal out of the ledger.
 */
final class Originals {

  private final HarvestScene scene;
  private final HarvestTools tools;
  private final Removals removals;
  private final CustodyWords words;
  private final Retry retry = new Retry();

  Originals(HarvestScene scene, HarvestTools tools) {
    this.scene = scene;
    this.tools = tools;
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

  /** Inside the transaction that records the copies. */
  void announce(List<Proved> proved) {
    if (scene.policy().removeOriginals()) {
      removals.intended(proved.stream().map(copy -> copy.planned().transfer()).toList());
    }
  }

  /** Removes what was announced. */
  void remove(List<Proved> proved) {
    if (!scene.policy().removeOriginals() || proved.isEmpty()) {
      return;
    }
    Sheet sheet = new Sheet();
    proved.forEach(copy -> remove(copy, sheet));
    scene
        .job()
        .effect(
            () -> {
              removals.done(sheet.done);
              removals.kept(sheet.kept);
              tools.ingest().failed(sheet.lost);
              tools.custody().append(sheet.custody);
            });
    scene.job().progress().count("failed", sheet.lost.size());
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
