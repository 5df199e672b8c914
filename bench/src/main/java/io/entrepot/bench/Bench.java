// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.util.List;

/** The command line {@code ./entrepot bench}. */
public final class Bench {

  private static final int MISSED = 1;
  private static final int MISUSE = 2;

  private Bench() {}

  public static void main(String[] arguments) {
    if (List.of(arguments).contains("--help")) {
      System.out.println(BenchSettings.USAGE);
      return;
    }
    BenchSettings settings;
    try {
      settings = BenchSettings.parse(List.of(arguments));
    } catch (IllegalArgumentException e) {
      System.err.println("bench: " + e.getMessage() + "\n" + BenchSettings.USAGE);
      System.exit(MISUSE);
      return;
    }
    Targets targets = new Targets();
    for (String name : settings.names()) {
      run(name, settings, targets);
    }
    targets.missed().forEach(line -> System.err.println("MISSED " + line));
    System.exit(targets.missed().isEmpty() ? 0 : MISSED);
  }

  private static void run(String name, BenchSettings settings, Targets targets) {
    switch (name) {
      case "harvest" -> new HarvestBench(settings).run();
      case "start" -> new StartBench(settings, targets).run();
      case "page" -> new PageBench(settings, targets).run();
      case "requests" -> new RequestsBench(settings, targets).run();
      default -> throw new AssertionError(name);
    }
  }
}
