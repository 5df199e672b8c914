// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.RunOutcomes;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Adds up what becomes of the files of one run. For several threads. */
final class Tally {

  /** With these nothing is wrong: nobody needs to be told. */
  private static final Set<ErrorCode> PASSING =
      EnumSet.of(ErrorCode.CANCELLED, ErrorCode.SOURCE_CHANGED);

  private final Map<ErrorCode, Reason> reasons = new EnumMap<>(ErrorCode.class);
  private long transferred;
  private long failed;
  private long fresh;

  /** What files failed with, and what was said of the first of them. */
  private record Reason(long files, String example) {}

  synchronized void transferred(long files) {
    transferred += files;
  }

  /** One that was told as brought in is not: its copy is gone. */
  void lost(Planned planned, EntrepotException why) {
    transferred(-1);
    failed(planned, why);
  }

  void failed(Planned planned, EntrepotException why) {
    failed(planned.stat().path().text(), why, planned.tries() == 0);
  }

  void failed(String path, EntrepotException why, boolean first) {
    failed(
        new RunOutcomes.Failed(
            why.code(), 1, first ? 1 : 0, 0, path, String.valueOf(why.getMessage())));
  }

  synchronized void failed(RunOutcomes.Failed alike) {
    if (PASSING.contains(alike.code())) {
      return;
    }
    failed += alike.files();
    fresh += alike.fresh();
    reasons.merge(
        alike.code(),
        new Reason(alike.files(), alike.example() + ": " + alike.message()),
        (old, more) -> new Reason(old.files() + more.files(), old.example()));
  }

  /**
   * @param files how many were looked at
   */
  synchronized Harvested sum(long files) {
    return new Harvested(files, transferred, failed, fresh, reason());
  }

  private @Nullable String reason() {
    Map.Entry<ErrorCode, Reason> most = null;
    for (Map.Entry<ErrorCode, Reason> one : reasons.entrySet()) {
      if (most == null || one.getValue().files() > most.getValue().files()) {
        most = one;
      }
    }
    if (most == null) {
      return null;
    }
    String told =
        String.format(
            Locale.ROOT,
            "Most often (%,d) it was %s, as with %s",
            most.getValue().files(),
            most.getKey(),
            most.getValue().example());
    return told.endsWith(".") ? told : told + ".";
  }
}
