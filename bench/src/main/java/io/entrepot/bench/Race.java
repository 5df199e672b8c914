// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Contestants run in turn on the same data, the order turned round after every round (ABBA), so
 * that a machine that grows slower or faster favours nobody. Each has one unmeasured run first.
 */
final class Race {

  private static final double MILLIS = 1000;
  private static final double SMALLEST = 0.001;

  private final String title;
  private final List<Lane> lanes;

  /** A contestant and its times in seconds. */
  private record Lane(Contestant contestant, List<Double> seconds) {

    double measure() {
      contestant.prepare();
      return contestant.run().toMillis() / MILLIS;
    }
  }

  /**
   * @param contestants ours first; the others are compared with it
   */
  Race(String title, Contestant... contestants) {
    this.title = title;
    this.lanes = Stream.of(contestants).map(c -> new Lane(c, new ArrayList<>())).toList();
  }

  void run(int rounds) {
    System.out.printf("%n%s%n", title);
    for (Lane lane : lanes) {
      Contestant contestant = lane.contestant();
      System.out.printf("  %-24s %s%n", contestant.name(), contestant.commandLine());
    }
    for (Lane lane : lanes) {
      System.out.printf("  %-24s first run %.2f s%n", lane.contestant().name(), lane.measure());
    }
    for (int round = 0; round < rounds; round++) {
      List<Lane> order = round % 2 == 0 ? lanes : lanes.reversed();
      order.forEach(lane -> lane.seconds().add(lane.measure()));
    }
    print();
  }

  private void print() {
    Lane ours = lanes.getFirst();
    for (Lane lane : lanes) {
      double ratio =
          Quantiles.of(lane.seconds()).median()
              / Math.max(Quantiles.of(ours.seconds()).median(), SMALLEST);
      System.out.printf(
          "  %-24s median %.2f s (%s)%s%n",
          lane.contestant().name(),
          Quantiles.of(lane.seconds()).median(),
          String.join(" ", lane.seconds().stream().map("%.2f"::formatted).toList()),
          lane == ours ? "" : ": takes %.2f x as long as ours".formatted(ratio));
    }
  }
}
