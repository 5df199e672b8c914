// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.JobState;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** The figures of a run in the order they are read. */
final class RunFigures {

  private static final JobProgress.Amount NOTHING = new JobProgress.Amount(0, 0);

  private static final String WOULD_TAKE = "would_take";
  private static final String WOULD_HOLD = "would_hold";
  private static final String WOULD_COMPARE = "would_compare";

  /** What a harvest counts that did not come in as it should. */
  private static final List<String> NOT_SO = List.of("failed", "unstable", "refused", "changing");

  private RunFigures() {}

  /**
   * @param dry whether it only says what a run would do
   */
  static List<String> of(JobState state, JobProgress progress, boolean dry) {
    if (dry) {
      return dry(state, progress);
    }
    return state.isFinal() && progress.done().equals(NOTHING)
        ? without(state, progress)
        : moved(progress);
  }

  /**
   * What came of a harvest that is over, in one line; empty where that would not be the whole
   * truth.
   */
  static Optional<String> answer(JobState state, JobProgress progress, long warnings, boolean dry) {
    long came = progress.count("transferred");
    boolean whole =
        state == JobState.COMPLETED
            && !dry
            && came > 0
            && warnings == 0
            && NOT_SO.stream().allMatch(count -> progress.count(count) == 0);
    if (!whole) {
      return Optional.empty();
    }
    boolean fresh = progress.count("new") == came && progress.count("changed") == 0;
    return Optional.of(
        Words.count(came, fresh ? "new file" : "file")
            + " copied and read back; "
            + (came == 1 ? "it matches" : "all match"));
  }

  private static List<String> dry(JobState state, JobProgress progress) {
    List<String> figures = new ArrayList<>();
    long taken = progress.count(WOULD_TAKE);
    if (taken > 0) {
      figures.add("would take " + Words.count(taken, "file"));
      figures.add(Words.bytes(progress.count("would_take_bytes")));
    }
    add(figures, "would hold ", progress.count(WOULD_HOLD), "");
    add(figures, "would compare ", progress.count(WOULD_COMPARE), "");
    passedBy(figures, progress);
    if (figures.isEmpty()) {
      figures.add(
          switch (state) {
            case COMPLETED -> "nothing to bring in";
            case PENDING, QUEUED, RUNNING, PAUSED -> "nothing to bring in so far";
            case FAILED, CANCELLED, STOPPED -> "nothing was found";
          });
    }
    return figures;
  }

  /**
   * Of a run that ended, and that moved nothing since its latest start. What came in before that
   * start, and what was there and did not come, is told; only where there is neither was there
   * nothing.
   */
  private static List<String> without(JobState state, JobProgress progress) {
    List<String> missed = new ArrayList<>();
    add(missed, "", progress.count("failed"), " failed");
    passedBy(missed, progress);
    long came = progress.count("transferred");
    List<String> figures = new ArrayList<>();
    figures.add(
        came > 0
            ? Words.count(came, "file")
            : state == JobState.COMPLETED && missed.isEmpty()
                ? "nothing to bring in"
                : "nothing was brought in");
    figures.addAll(missed);
    return figures;
  }

  private static void passedBy(List<String> figures, JobProgress progress) {
    add(figures, "", progress.count("unstable"), " not standing still");
    add(figures, "", progress.count("refused"), " refused");
  }

  private static void add(List<String> figures, String before, long files, String after) {
    if (files > 0) {
      figures.add(before + Words.count(files, "file") + after);
    }
  }

  private static List<String> moved(JobProgress progress) {
    List<String> figures = new ArrayList<>();
    JobProgress.Amount done = progress.done();
    JobProgress.Amount total = progress.total();
    if (total == null) {
      figures.add(Words.bytes(done.bytes()));
      figures.add(Words.count(done.files(), "file"));
    } else {
      figures.add(Words.bytes(done.bytes()) + " of " + Words.bytes(total.bytes()));
      figures.add(Words.count(done.files()) + " of " + Words.count(total.files(), "file"));
    }
    JobProgress.Pace pace = progress.pace();
    if (pace != null) {
      figures.add(Words.bytes(pace.bytesPerSecond()) + "/s");
    }
    return figures;
  }
}
