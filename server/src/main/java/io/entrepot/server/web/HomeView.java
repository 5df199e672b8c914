// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The start page: first the answer, then what proves it.
 *
 * @param answer one plain sentence
 * @param lede the figures in one line
 * @param lastHarvest when the newest harvest ended; null when none did
 * @param risks what would be lost with an instrument
 */
record HomeView(
    String answer,
    String lede,
    @Nullable Moment lastHarvest,
    List<Question> questions,
    List<Need> needs,
    List<Risk> risks,
    List<RunView> running,
    String finished,
    List<InstrumentRow> instruments,
    List<FileRow> newest) {

  /** One of the questions along the quay, with what is known. */
  record Question(String question, Badge answer, String evidence) {}

  /** Something a person should look at. */
  record Need(Badge badge, String title, String words, String link, String action) {}

  /** What would be lost, or is not known. */
  record Risk(Badge badge, String words) {}

  /** How one instrument stands. */
  record InstrumentRow(
      String id,
      String name,
      String place,
      Badge badge,
      @Nullable Moment lastHarvest,
      @Nullable Moment next,
      String files) {}
}
