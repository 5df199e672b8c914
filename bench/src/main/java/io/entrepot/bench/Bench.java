// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.util.List;

/** The command line {@code ./entrepot bench}. */
public final class Bench {

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
    for (String name : settings.names()) {
      run(name, settings);
    }
  }

  private static void run(String name, BenchSettings settings) {
    switch (name) {
      case "harvest" -> new HarvestBench(settings).run();
      case "start" -> new StartBench(settings).run();
      case "page" -> new PageBench(settings).run();
      case "requests" -> new RequestsBench(settings).run();
      default -> throw new AssertionError(name);
    }
  }
}
