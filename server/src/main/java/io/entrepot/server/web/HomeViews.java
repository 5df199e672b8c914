// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.Count;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.catalog.Proofs;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.EndedJobs;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Prepares the start page. */
@Component
final class HomeViews {

  private static final int RUNS = 100;
  private static final int NEWEST = 6;
  private static final Duration DAY = Duration.ofDays(1);

  private final InstrumentStates states;
  private final Runs runs;
  private final Catalog catalog;
  private final Views views;

  /** What turns records into rows. */
  @Component
  record Views(
      RunViews runs,
      FileViews files,
      InstrumentRows instruments,
      HomeNeeds needs,
      HomeRisks risks,
      Words words) {}

  HomeViews(InstrumentStates states, Runs runs, Catalog catalog, Views views) {
    this.states = states;
    this.runs = runs;
    this.catalog = catalog;
    this.views = views;
  }

  HomeView of(Actor actor) {
    List<InstrumentStates.State> all = states.of(actor);
    List<Job> running = runs.unfinished(actor, RUNS);
    List<CatalogFile> newest = catalog.files(actor, FileQuery.ALL, 0, NEWEST);
    Proofs proofs = catalog.proofs(actor);
    List<HomeView.Need> needs = views.needs().of(actor, all, proofs);
    return new HomeView(
        answer(all, needs.size()),
        lede(actor, all),
        last(all),
        List.of(harvested(all, newest), proved(proofs, newest), now(running), next(all)),
        needs,
        views.risks().of(all, proofs, newest.isEmpty()),
        views.runs().all(running),
        ended(actor),
        all.stream().map(views.instruments()::of).toList(),
        views.files().rows(newest));
  }

  private static String answer(List<InstrumentStates.State> all, int needs) {
    if (all.isEmpty()) {
      return "Nothing comes in yet.";
    }
    return switch (needs) {
      case 0 -> "All is well. Nothing needs you.";
      case 1 -> "Nearly all is well. One thing needs you.";
      default -> needs + " things need you.";
    };
  }

  private String lede(Actor actor, List<InstrumentStates.State> all) {
    Count files = catalog.count(actor, FileQuery.ALL);
    return (files.exact() ? "" : "More than ")
        + Words.count(files.number(), "file")
        + " from "
        + Words.count(all.size(), "instrument")
        + ".";
  }

  private @Nullable Moment last(List<InstrumentStates.State> all) {
    return views
        .words()
        .momentOrNull(
            all.stream()
                .map(state -> state.instrument().lastHarvestedAt())
                .filter(Objects::nonNull)
                .max(Comparator.naturalOrder())
                .orElse(null));
  }

  private HomeView.Question harvested(List<InstrumentStates.State> all, List<CatalogFile> newest) {
    String evidence =
        newest.isEmpty()
            ? "No file has come in."
            : "The newest file came "
                + views.words().moment(newest.getFirst().versionDiscoveredAt()).words()
                + ".";
    long troubled = all.stream().filter(state -> state.standing().isTroubled()).count();
    Badge badge =
        all.isEmpty()
            ? Badge.idle("Nothing set up")
            : troubled == 0
                ? Badge.ok("Yes")
                : Badge.warn(troubled == 1 ? "One is not" : troubled + " are not");
    return new HomeView.Question("Is everything harvested?", badge, evidence);
  }

  private static HomeView.Question proved(Proofs proofs, List<CatalogFile> newest) {
    return new HomeView.Question(
        "Has every file a proved copy?",
        newest.isEmpty() ? Badge.idle("Nothing to prove") : proved(proofs),
        evidence(proofs));
  }

  private static Badge proved(Proofs proofs) {
    if (proofs.damaged() > 0) {
      return Badge.bad("No");
    }
    if (proofs.givenUp() > 0) {
      return Badge.warn("Not every one");
    }
    return proofs.unproved() > 0 ? Badge.running("Catching up") : Badge.ok("Yes");
  }

  private static String evidence(Proofs proofs) {
    if (proofs.damaged() > 0) {
      return many(proofs.damaged(), "copy is", "copies are") + " damaged or lost.";
    }
    if (proofs.givenUp() > 0) {
      return many(proofs.givenUp(), "copy was", "copies were") + " given up.";
    }
    return proofs.unproved() > 0
        ? many(proofs.unproved(), "file waits", "files wait") + " for a proved copy."
        : "Each was read back and found equal before it counted.";
  }

  /** Says of a number that was not counted to its end that it is more. */
  static String many(long number, String one, String more) {
    return (number >= Catalog.COUNT_LIMIT ? "More than 10,000" : Words.count(number))
        + " "
        + (number == 1 ? one : more);
  }

  private HomeView.Question now(List<Job> running) {
    if (running.isEmpty()) {
      return new HomeView.Question(
          "What runs now?", Badge.idle("Nothing"), "No harvest runs or waits.");
    }
    return new HomeView.Question(
        "What runs now?",
        Badge.running(Words.count(running.size(), "harvest")),
        views.runs().of(running.getLast()).name()
            + (running.getLast().state() == JobState.RUNNING
                ? " is at work."
                : " waits its turn."));
  }

  private HomeView.Question next(List<InstrumentStates.State> all) {
    Optional<InstrumentStates.State> first =
        all.stream()
            .filter(state -> state.next().isPresent())
            .min(Comparator.comparing(state -> state.next().orElseThrow()));
    return first
        .map(
            state ->
                new HomeView.Question(
                    "What comes next?",
                    Badge.waiting(views.words().moment(state.next().orElseThrow()).words()),
                    "Harvest " + state.instrument().name() + "."))
        .orElseGet(
            () ->
                new HomeView.Question(
                    "What comes next?",
                    Badge.idle("Nothing planned"),
                    "No schedule is switched on."));
  }

  private String ended(Actor actor) {
    EndedJobs ended = runs.ended(actor, views.words().ago(DAY));
    return "Ended in the last day: "
        + Words.count(ended.all(), "job")
        + (ended.warned() == 0
            ? ", none with warnings."
            : ", " + Words.count(ended.warned()) + " with warnings.");
  }
}
