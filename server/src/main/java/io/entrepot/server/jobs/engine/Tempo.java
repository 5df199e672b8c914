// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.jobs.JobProgress.Amount;
import io.entrepot.server.jobs.JobProgress.Pace;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How fast work has gone during the last half minute, and how long the rest may take.
 *
 * <p>The rest is estimated twice, from the fastest and from the slowest of the recent stretches,
 * because a single figure would promise more than anybody knows. While it is not known how much
 * there is to do, the runs before are all there is to go by.
 */
final class Tempo {

  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final int WINDOW = 30;
  private static final int STRETCH = 5;

  private final PastRuns past;
  private final Deque<Sample> samples = new ArrayDeque<>();

  Tempo(PastRuns past) {
    this.past = past;
  }

  synchronized @Nullable Pace at(Instant now, Amount done, @Nullable Amount total) {
    Sample newest = samples.peekLast();
    if (newest != null && now.isBefore(newest.time)) {
      samples.clear();
      newest = null;
    }
    if (newest == null || !now.isBefore(newest.time.plus(SAMPLE))) {
      samples.addLast(new Sample(now, done));
      if (samples.size() > WINDOW) {
        samples.removeFirst();
      }
    }
    Sample oldest = samples.getFirst();
    Sample present = new Sample(now, done);
    double seconds = oldest.secondsTo(present);
    if (seconds < SAMPLE.toSeconds()) {
      return null;
    }
    double bytes = oldest.bytesTo(present) / seconds;
    double files = (done.files() - oldest.done.files()) / seconds;
    if (total == null) {
      return new Pace(Math.round(bytes), files, past.soonest(now), past.latest(now));
    }
    Rest rest = Rest.of(done, total);
    List<Double> speeds = speeds(present, rest.inBytes());
    return new Pace(
        Math.round(bytes), files, rest.at(max(speeds)).orNull(), rest.at(min(speeds)).orNull());
  }

  /** The speed over all, and over each stretch of a few samples. */
  private List<Double> speeds(Sample present, boolean inBytes) {
    List<Sample> all = new ArrayList<>(samples);
    List<Double> speeds = new ArrayList<>();
    speeds.add(all.getFirst().speedTo(present, inBytes));
    for (int i = 0; i + STRETCH < all.size(); i++) {
      speeds.add(all.get(i).speedTo(all.get(i + STRETCH), inBytes));
    }
    return speeds;
  }

  private static double max(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).max().orElse(0);
  }

  private static double min(List<Double> values) {
    return values.stream().mapToDouble(Double::doubleValue).min().orElse(0);
  }

  /** What is left to do, in the unit that tells most: bytes, or files when there are no bytes. */
  private record Rest(double amount, boolean inBytes) {

    static Rest of(Amount done, Amount total) {
      boolean inBytes = total.bytes() > 0;
      long left = inBytes ? total.bytes() - done.bytes() : total.files() - done.files();
      return new Rest(Math.max(0, left), inBytes);
    }

    Left at(double speed) {
      return new Left(amount, speed);
    }
  }

  private record Left(double amount, double speed) {
    /** Longer than this is not known to be anything but long. */
    private static final long LONGEST_SECONDS = Duration.ofDays(365).toSeconds();

    @Nullable Duration orNull() {
      if (amount == 0) {
        return Duration.ZERO;
      }
      double seconds = amount / speed;
      return speed <= 0 || seconds > LONGEST_SECONDS ? null : Duration.ofSeconds((long) seconds);
    }
  }

  private record Sample(Instant time, Amount done) {

    double secondsTo(Sample later) {
      return Duration.between(time, later.time).toMillis() / 1000.0;
    }

    double bytesTo(Sample later) {
      return later.done.bytes() - (double) done.bytes();
    }

    double speedTo(Sample later, boolean inBytes) {
      double seconds = secondsTo(later);
      double amount = inBytes ? bytesTo(later) : later.done.files() - (double) done.files();
      return seconds <= 0 ? 0 : amount / seconds;
    }
  }
}
