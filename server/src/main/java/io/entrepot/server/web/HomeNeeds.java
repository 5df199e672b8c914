// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.Proofs;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What a person should look at: damage first, then files given up, then instruments. */
@Component
final class HomeNeeds {

  private final Catalog catalog;

  HomeNeeds(Catalog catalog) {
    this.catalog = catalog;
  }

  List<HomeView.Need> of(Actor actor, List<InstrumentStates.State> states, Proofs proofs) {
    List<HomeView.Need> needs = new ArrayList<>();
    proofs.worst().forEach(copy -> needs.add(damaged(actor, copy)));
    long unnamed = proofs.damaged() - proofs.worst().size();
    if (unnamed > 0) {
      needs.add(
          new HomeView.Need(
              Badge.bad("Damaged"),
              HomeViews.many(unnamed, "more copy", "more copies") + " damaged or lost",
              "They are listed here as those above are mended.",
              "/ui/jobs",
              "Look"));
    }
    proofs.lastGivenUp().stream()
        .findFirst()
        .ifPresent(last -> needs.add(givenUp(actor, proofs.givenUp(), last)));
    states.forEach(state -> need(state).ifPresent(needs::add));
    return needs;
  }

  private HomeView.Need damaged(Actor actor, Transfer copy) {
    return new HomeView.Need(
        Badge.bad("Damaged"),
        name(actor, copy) + ": its copy is damaged or lost",
        why(copy),
        file(copy),
        "Look");
  }

  private HomeView.Need givenUp(Actor actor, long files, Transfer last) {
    return new HomeView.Need(
        Badge.warn("Not copied"),
        HomeViews.many(files, "copy was", "copies were") + " given up",
        name(actor, last) + ": " + why(last),
        file(last),
        "Look");
  }

  private String name(Actor actor, Transfer copy) {
    return catalog.file(actor, copy.file()).filename();
  }

  private static String why(Transfer copy) {
    String message = copy.errorMessage();
    return message == null ? "No reason is on record." : Words.sentence(message);
  }

  private static String file(Transfer copy) {
    return "/ui/files/" + PageIds.text(copy.file());
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
}
