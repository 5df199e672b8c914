// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import org.springframework.stereotype.Component;

/** Prepares instruments for lists. */
@Component
final class InstrumentRows {

  private final Words words;

  InstrumentRows(Words words) {
    this.words = words;
  }

  HomeView.InstrumentRow of(InstrumentStates.State state) {
    String place = state.instrument().settings().about().location();
    return new HomeView.InstrumentRow(
        PageIds.text(state.instrument().id()),
        state.instrument().name(),
        place == null ? "" : place,
        state.standing().badge(),
        words.momentOrNull(state.instrument().lastHarvestedAt()),
        words.momentOrNull(state.next().orElse(null)),
        Words.count(state.files()));
  }
}
