// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.catalog.KnownFiles;
import io.entrepot.server.harvest.hooks.HookChain;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.storage.mover.CopyControl;
import io.entrepot.storage.mover.CopyOptions;
import io.entrepot.storage.mover.CopyOrder;
import io.entrepot.storage.mover.MoverPool;
import io.entrepot.storage.mover.Occupied;
import io.entrepot.storage.mover.Outcome;
import io.entrepot.storage.mover.Route;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One walk over an instrument with everything that follows from it: discover, settle, put on
 * record, copy and prove, put the outcome on record. The parts run side by side; what is under way
 * is bounded, so memory does not grow with the instrument.
 */
final class HarvestRun {

  /** Lines of one kind in the job's log; the counts stay exact. */
  private static final int MOST_LINES = 200;

  /** A smaller file is copied about as fast as its row could be written a second time. */
  private static final long SHOWN_FROM = 8L << 20;

  private static final CopyOptions OPTIONS = CopyOptions.STANDARD.withOccupied(Occupied.ADOPT);

  private final HarvestScene scene;
  private final HarvestTools tools;
  private final HookChain hooks;
  private final UnstableTable unstable;
  private final Tally tally = new Tally();
  private final HarvestPlan plan;
  private final HarvestResults results;
  private final Awaited awaited;
  private final Originals originals;
  private final Absences absences;
  private final Map<String, Under> underWay = new ConcurrentHashMap<>();
  private final Map<String, Settling.Restless> restless = new TreeMap<>();
  private final Map<Discoverer.Passed, Integer> lines = new ConcurrentHashMap<>();

  /** A planned copy and when it was handed to the mover. */
  private record Under(Planned planned, Instant since) {}

  HarvestRun(HarvestScene scene, HarvestTools tools, HarvestJob.Rules rules) {
    this.scene = scene;
    this.tools = tools;
    this.hooks = rules.hooks().chain(scene.instrument().id());
    this.awaited = new Awaited(scene, tools, rules);
    this.originals = new Originals(scene, tools, awaited, tally);
    this.unstable = new UnstableTable(tools.database());
    this.plan =
        new HarvestPlan(scene, tools, hooks, originals, new HarvestPlan.Told(this::passed, tally));
    this.results = new HarvestResults(scene, tools, hooks, originals, tally);
    this.absences = new Absences(scene, this::passed);
  }

  /**
   * What it came to.
   *
   * @param before what came of it before it was cut off
   */
  Harvested run(HarvestOrder order, CutOff before) {
    scene
        .job()
        .log(
            LogLevel.INFO,
            "Looking at "
                + scene.instrument().name()
                + " for what "
                + scene.location().name()
                + " lacks");
    TreeWalk walk = new TreeWalk(scene.stores().source(), scene.policy().markerPrefix(), absences);
    absences.refuseEmptied(walk, known());
    Discoverer discoverer = discoverer(walk, order);
    Settling settling =
        new Settling(
            discoverer,
            scene.stores().source(),
            scene.policy(),
            unstable.of(scene.instrument().id()),
            world());
    if (order.dryRun()) {
      new DryRun(scene, hooks, originals).tell(settling);
    } else {
      Instant begun = tools.clock().instant();
      before.lookAgain(order, begun, tally);
      copy(new PlannedOrders(settling, plan, this::handedOver));
      new HooksAgain(scene, tools, hooks).tell(begun);
      scene.job().effect(() -> remember(order));
    }
    awaited.tell();
    scene.job().progress().count("discovered", discoverer.seen());
    scene.job().log(LogLevel.INFO, discoverer.seen() + " files were looked at");
    return tally.sum(discoverer.seen());
  }

  private void remember(HarvestOrder order) {
    unstable.replace(scene.instrument().id(), order.pathPrefix(), restless.values());
    originals.enterGone(absences.removed());
  }

  private KnownFiles known() {
    return new KnownFiles(tools.database(), scene.instrument().id(), scene.location().id());
  }

  private Discoverer discoverer(TreeWalk walk, HarvestOrder order) {
    return new Discoverer(
        walk,
        known(),
        new Discoverer.Rules(scene.policy(), hooks, tools.clock().instant(), order),
        new Discoverer.Witness() {
          @Override
          public void passed(Discoverer.Passed why, String what) {
            HarvestRun.this.passed(why, what);
          }

          @Override
          public void missing(KnownFile row) {
            absences.missing(row);
          }
        });
  }

  private void copy(Iterator<CopyOrder> orders) {
    CopyControl control =
        new CopyControl(
            scene.job()::cancelled, (_, bytes) -> scene.job().progress().done(bytes, 0));
    Route route = new Route(scene.stores().source(), scene.stores().target());
    try {
      new MoverPool(tools.mover(), scene.policy().workers())
          .run(route, orders, control, this::ended);
    } finally {
      letGo();
    }
    scene.job().checkCancelled();
  }

  private CopyOrder handedOver(Planned planned) {
    Instant now = tools.clock().instant();
    underWay.put(planned.target().text(), new Under(planned, now));
    if (planned.stat().size() >= SHOWN_FROM) {
      scene.job().effect(() -> tools.ingest().started(List.of(planned.transfer()), now));
    }
    scene.job().progress().item(planned.stat().path().text());
    String known = planned.xxhash();
    return new CopyOrder(
        planned.stat(),
        planned.target(),
        known == null ? OPTIONS : OPTIONS.withExpected(new Digest(DigestAlgorithm.XXH64, known)));
  }

  private void ended(List<Outcome> batch) {
    List<HarvestResults.Ended> ended = new ArrayList<>(batch.size());
    for (Outcome outcome : batch) {
      Under under = underWay.remove(outcome.order().target().text());
      if (under != null) {
        ended.add(new HarvestResults.Ended(under.planned(), outcome, under.since()));
      }
    }
    results.record(ended);
  }

  /** What was handed over without an outcome is not left looking as if it were under way. */
  private void letGo() {
    if (underWay.isEmpty()) {
      return;
    }
    Retry retry = new Retry();
    EntrepotException why =
        new EntrepotException(ErrorCode.INTERRUPTED, "The run ended before this file was copied.");
    Instant now = tools.clock().instant();
    scene
        .job()
        .effect(
            () ->
                tools
                    .ingest()
                    .failed(
                        underWay.values().stream()
                            .map(under -> retry.failure(under.planned(), why, under.since(), now))
                            .toList()));
  }

  private void passed(Discoverer.Passed kind, String what) {
    scene
        .job()
        .progress()
        .count(
            switch (kind) {
              case UNSTABLE -> "unstable";
              case REFUSED, HELD -> "refused";
              case IGNORED -> "ignored";
            },
            1);
    if (lines.merge(kind, 1, Integer::sum) > MOST_LINES) {
      return;
    }
    if (kind == Discoverer.Passed.IGNORED) {
      scene.job().log(LogLevel.INFO, what);
    } else {
      scene.job().warn(what);
    }
  }

  private Settling.World world() {
    return new Settling.World() {
      @Override
      public InstantSource clock() {
        return tools.clock();
      }

      @Override
      public void pause(Duration time) {
        scene.job().checkCancelled();
        // Short enough to notice a cancellation within a second.
        tools.pause().waitFor(Duration.ofMillis(Math.clamp(time.toMillis(), 1, 500)));
      }

      @Override
      public void restless(Settling.Restless path) {
        if (restless.size() < UnstableTable.MOST) {
          restless.put(path.stat().path().text(), path);
        }
        passed(Discoverer.Passed.UNSTABLE, path.stat().path() + ": " + path.reason());
      }
    };
  }
}
