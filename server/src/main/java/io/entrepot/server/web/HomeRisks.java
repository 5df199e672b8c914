// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.catalog.Proofs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** What would be lost with an instrument: what has no proved copy, and what nobody can know. */
@Component
final class HomeRisks {

  private final Words words;

  HomeRisks(Words words) {
    this.words = words;
  }

  /**
   * @param empty whether no file is known
   */
  List<HomeView.Risk> of(List<InstrumentStates.State> states, Proofs proofs, boolean empty) {
    List<HomeView.Risk> risks = new ArrayList<>();
    if (proofs.damaged() > 0) {
      risks.add(damaged(proofs));
    }
    files(proofs, empty).ifPresent(risks::add);
    if (proofs.givenUp() > 0) {
      risks.add(
          new HomeView.Risk(
              Badge.warn(HomeViews.many(proofs.givenUp(), "copy was", "copies were") + " given up"),
              "They are not tried again by themselves."));
    }
    states.stream()
        .filter(state -> state.standing().isSilent())
        .forEach(state -> risks.add(silent(state)));
    return risks;
  }

  private static HomeView.Risk damaged(Proofs proofs) {
    return new HomeView.Risk(
        Badge.bad(HomeViews.many(proofs.damaged(), "copy is", "copies are") + " damaged or lost"),
        "You would lose each of these files that has no other copy.");
  }

  /** A damaged copy may be the only one: nothing is called safe beside it. */
  private static Optional<HomeView.Risk> files(Proofs proofs, boolean empty) {
    if (proofs.unproved() > 0) {
      return Optional.of(
          new HomeView.Risk(
              Badge.warn("You would lose " + HomeViews.many(proofs.unproved(), "file", "files")),
              "Known here, and without a proved copy."));
    }
    if (proofs.damaged() > 0) {
      return Optional.empty();
    }
    return Optional.of(
        empty
            ? new HomeView.Risk(Badge.idle("Nobody can say"), "No file of any is known here.")
            : new HomeView.Risk(
                Badge.ok("You would lose nothing."),
                "Every file found has a proved copy here, except those a hook left out."));
  }

  private HomeView.Risk silent(InstrumentStates.State state) {
    Moment last = words.momentOrNull(state.instrument().lastHarvestedAt());
    return new HomeView.Risk(
        Badge.blind(state.instrument().name() + " is silent"),
        last == null
            ? "What is on it is not known: it was never harvested."
            : "What it made since its last harvest, " + last.words() + ", is not known.");
  }
}
