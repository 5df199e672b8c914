// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What to race and how often.
 *
 * @param names which benches, in the order they run
 * @param rounds how often each contestant is measured after its unmeasured warm-up
 * @param only names of races to run; empty runs all
 * @param work a folder in memory for data, stores and the server's directory
 * @param disk a folder on a real disk for the single run there
 * @param percent size of the generated data, 100 being the documented one
 * @param records how many files the page bench catalogues
 */
record BenchSettings(
    List<String> names,
    int rounds,
    Set<String> only,
    Path work,
    Path disk,
    int percent,
    int records) {

  static final String USAGE =
      """
      usage: ./entrepot bench [harvest] [start] [page] [requests] [options]
        harvest   against rclone: mixed, small, unchanged, sftp, disk
        start     time to the first answer, and memory when idle
        page      a page of files in a catalogue of a million
        requests  what signing in and the audit log cost at 500 requests a second
      options: --rounds N (5)   --only RACE,RACE   --percent N (100)   --records N (1000000)
               --work DIR (/dev/shm/entrepot-bench)   --disk DIR (./dist/bench)""";

  private static final Set<String> KNOWN = Set.of("harvest", "start", "page", "requests");
  private static final int ROUNDS = 5;
  private static final int WHOLE = 100;
  private static final int MILLION = 1_000_000;

  /** The seed of everything generated, so that two machines race on the same bytes. */
  static final long SEED = 20_261_121;

  BenchSettings {
    names = List.copyOf(names);
    only = Set.copyOf(only);
  }

  static BenchSettings parse(List<String> arguments) {
    List<String> names = new ArrayList<>();
    BenchSettings settings = standard();
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      if (KNOWN.contains(word)) {
        names.add(word);
      } else if (word.startsWith("--") && rest.hasNext()) {
        settings = settings.with(word, rest.next());
      } else {
        throw new IllegalArgumentException("\"" + word + "\" is not understood");
      }
    }
    return settings.named(
        names.isEmpty() ? List.of("start", "harvest", "page", "requests") : names);
  }

  private static BenchSettings standard() {
    return new BenchSettings(
        List.of(),
        ROUNDS,
        Set.of(),
        Path.of("/dev/shm/entrepot-bench"),
        home().resolve("dist/bench"),
        WHOLE,
        MILLION);
  }

  private BenchSettings named(List<String> wanted) {
    return new BenchSettings(wanted, rounds, only, work, disk, percent, records);
  }

  private BenchSettings with(String option, String value) {
    return switch (option) {
      case "--rounds" ->
          new BenchSettings(names, number(value), only, work, disk, percent, records);
      case "--only" ->
          new BenchSettings(names, rounds, Set.of(value.split(",")), work, disk, percent, records);
      case "--work" ->
          new BenchSettings(names, rounds, only, Path.of(value), disk, percent, records);
      case "--disk" ->
          new BenchSettings(names, rounds, only, work, Path.of(value), percent, records);
      case "--percent" ->
          new BenchSettings(names, rounds, only, work, disk, number(value), records);
      case "--records" ->
          new BenchSettings(names, rounds, only, work, disk, percent, number(value));
      default -> throw new IllegalArgumentException("option " + option + " is not known");
    };
  }

  private static int number(String value) {
    try {
      return Math.max(1, Integer.parseInt(value));
    } catch (NumberFormatException e) {
      throw new IllegalArgumentException("\"" + value + "\" is not a number", e);
    }
  }

  /** The checkout, as the launcher hands it over. */
  static Path home() {
    return Path.of(System.getProperty("entrepot.home", ".")).toAbsolutePath().normalize();
  }

  /** Where a generated tree of the wanted size is kept between benches. */
  Path tree(String name) {
    return work.resolve(name + "-" + percent);
  }

  boolean wants(String race) {
    return only.isEmpty() || only.contains(race);
  }
}
