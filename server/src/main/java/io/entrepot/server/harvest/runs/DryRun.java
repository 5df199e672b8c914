// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.database.Json;
import io.entrepot.server.harvest.hooks.HookChain;
import io.entrepot.server.harvest.hooks.HookSubject;
import io.entrepot.server.harvest.hooks.Verdict;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.storage.ObjectStat;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Says what a run would do with what is found, hooks included, and does none of it. Each file has a
 * line in the log up to a number; the counts are of all.
 */
final class DryRun {

  /** Room is left in the log for the end. */
  private static final int MOST_LINES = 5_000;

  /** Asked about with one question to the catalogue. */
  private static final int MOST_TOGETHER = 1_000;

  private final HarvestScene scene;
  private final HookChain hooks;
  private final Originals originals;
  private final Destination destination;
  private long lines;
  private long files;
  private long bytes;

  DryRun(HarvestScene scene, HookChain hooks, Originals originals) {
    this.originals = originals;
    this.scene = scene;
    this.hooks = hooks;
    this.destination = new Destination(scene.location(), scene.instrument());
  }

  void tell(Iterator<Finding> findings) {
    List<Finding> together = new ArrayList<>();
    while (findings.hasNext()) {
      scene.job().checkCancelled();
      together.add(findings.next());
      if (together.size() == MOST_TOGETHER || !findings.hasNext()) {
        originals.due(together).forEach(this::tell);
        together.clear();
      }
    }
    scene
        .job()
        .log(
            LogLevel.INFO,
            String.format(
                Locale.ROOT,
                "A run would take %,d %s with %,d bytes in all",
                files,
                files == 1 ? "file" : "files",
                bytes));
  }

  private void tell(Finding finding) {
    ObjectStat stat = finding.stat();
    if (finding instanceof Finding.Suspect) {
      count("would_compare", 1);
      line("would compare " + stat.path() + " with what is kept");
      return;
    }
    switch (hooks.judge(subject(finding))) {
      case Verdict.Proceed _ -> take(stat, "");
      case Verdict.Skip skip -> {
        count("would_skip", 1);
        line("would skip " + stat.path() + ": " + skip.reason());
      }
      case Verdict.Hold hold -> hold(stat, hold.reason());
      case Verdict.Redirect(_, String elsewhere) -> {
        try {
          take(stat, " into " + destination.redirected(elsewhere, stat.path(), 1).parent());
        } catch (EntrepotException e) {
          hold(stat, String.valueOf(e.getMessage()));
        }
      }
    }
  }

  private static HookSubject subject(Finding finding) {
    KnownFile row = finding.row();
    Map<String, @Nullable Object> known = row == null ? null : Json.object(row.metadata());
    ObjectStat stat = finding.stat();
    return HookSubject.of(stat.path().text(), stat.size(), known == null ? Map.of() : known);
  }

  private void take(ObjectStat stat, String where) {
    files++;
    bytes += stat.size();
    count("would_take", 1);
    count("would_take_bytes", stat.size());
    line("would take " + stat.path() + " (" + stat.size() + " bytes)" + where);
  }

  private void hold(ObjectStat stat, String why) {
    count("would_hold", 1);
    line("would hold " + stat.path() + ": " + why);
  }

  private void count(String what, long more) {
    scene.job().progress().count(what, more);
  }

  private void line(String text) {
    if (lines++ < MOST_LINES) {
      scene.job().log(LogLevel.INFO, text);
    }
  }
}
