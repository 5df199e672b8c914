// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A harvest run as the pages show it.
 *
 * @param percent how far it is; null while the whole is unknown
 * @param left when it is likely to end, as a range; empty when it has ended
 * @param words figures in the order they are read
 * @param reason why it failed; null when it did not
 */
record RunView(
    String id,
    String name,
    Source source,
    Badge badge,
    Progress progress,
    Times times,
    long warnings,
    @Nullable String reason) {

  /** Where it takes files from and to, and what started it. */
  record Source(
      String instrument,
      String instrumentId,
      String storage,
      String storageId,
      @Nullable String scheduleId,
      String startedBy) {}

  record Progress(
      boolean running,
      boolean ended,
      @Nullable Integer percent,
      String left,
      List<String> words,
      String answer,
      @Nullable String item) {}

  record Times(Moment created, @Nullable Moment started, @Nullable Moment finished, String took) {}
}
