// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
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
  record Views(RunViews runs, FileViews files, InstrumentRows instruments, Words words) {}

  HomeViews(InstrumentStates states, Runs runs, Catalog catalog, Views views) {
    this.states = states;
    this.runs = runs;
    this.catalog = catalog;
    this.views = views;
  }

  HomeView of(Actor actor) {
    List<InstrumentStates.State> all = states.of(actor);
    List<Job> jobs = runs.list(actor, null, RUNS);
    List<Job> running = jobs.stream().filter(job -> !job.state().isFinal()).toList();
    List<CatalogFile> newest = catalog.files(actor, FileQuery.ALL, 0, NEWEST);
    List<HomeView.Need> needs = all.stream().flatMap(state -> need(state).stream()).toList();
    return new HomeView(
        answer(all, needs.size()),
        lede(actor, all),
        List.of(harvested(all, newest), proved(actor, newest), now(running), next(all)),
        needs,
        views.runs().all(running),
        finished(jobs),
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
    long files = catalog.count(actor, FileQuery.ALL);
    boolean capped = files >= Catalog.COUNT_LIMIT && !actor.isAdmin();
    String figures =
        (capped ? "More than 10,000 files" : Words.count(files, "file"))
            + " from "
            + Words.count(all.size(), "instrument")
            + ".";
    return all.stream()
        .map(state -> state.instrument().lastHarvestedAt())
        .filter(Objects::nonNull)
        .max(Comparator.naturalOrder())
        .map(last -> figures + " Last harvest ended " + views.words().moment(last).words() + ".")
        .orElse(figures);
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

  private HomeView.Question proved(Actor actor, List<CatalogFile> newest) {
    long waiting = catalog.countUnproved(actor);
    Badge badge =
        newest.isEmpty()
            ? Badge.idle("Nothing to prove")
            : waiting == 0 ? Badge.ok("Yes") : Badge.running("Catching up");
    String many =
        waiting >= Catalog.COUNT_LIMIT ? "More than 10,000 files" : Words.count(waiting, "file");
    String evidence =
        waiting == 0
            ? "Each was read back and found equal before it counted."
            : many + (waiting == 1 ? " waits" : " wait") + " for a proved copy.";
    return new HomeView.Question("Is every copy proved?", badge, evidence);
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

  private static Optional<HomeView.Need> need(InstrumentStates.State state) {
    if (state.instrument().settings().enabled() && !state.scheduled()) {
      return Optional.of(unplanned(state));
    }
    return state.standing().isTroubled()
        ? state.last().map(run -> look(state, run))
        : Optional.empty();
  }

  private static HomeView.Need unplanned(InstrumentStates.State state) {
    return new HomeView.Need(
        Badge.warn("No schedule"),
        state.instrument().name() + " has no schedule",
        "Nothing is brought in by itself.",
        "/ui/schedules/new?instrument=" + PageIds.text(state.instrument().id()),
        "Plan it");
  }

  private static HomeView.Need look(InstrumentStates.State state, Job run) {
    var reason = run.status().reason();
    boolean completed = run.state() == JobState.COMPLETED;
    String words =
        completed
            ? Words.count(run.status().warnings(), "warning") + " in the last harvest."
            : reason == null ? "The last harvest was cut short." : Words.sentence(reason.message());
    Badge badge = state.standing().badge();
    return new HomeView.Need(
        badge,
        state.instrument().name() + ": " + badge.word().toLowerCase(Locale.ROOT),
        words,
        completed || reason == null
            ? "/ui/jobs/" + PageIds.text(run.id())
            : "/ui/instruments/" + PageIds.text(state.instrument().id()),
        "Look");
  }

  private String finished(List<Job> jobs) {
    Instant from = null;
    List<Job> today = new ArrayList<>();
    for (Job job : jobs) {
      from = job.times().finished();
      if (from != null && views.words().since(from).compareTo(DAY) < 0) {
        today.add(job);
      }
    }
    long warned = today.stream().filter(job -> job.status().warnings() > 0).count();
    return "Ended in the last day: "
        + Words.count(today.size(), "job")
        + (warned == 0 ? ", none with warnings." : ", " + warned + " with warnings.");
  }
}
