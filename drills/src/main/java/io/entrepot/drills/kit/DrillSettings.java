// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/**
 * What to drill, how long, and on what.
 *
 * @param names in the order they run
 * @param seed of everything random; the same seed repeats the same choices
 * @param work where servers, stores and journals are put
 */
public record DrillSettings(List<String> names, Size size, long seed, Path work) {

  /** How many faults: within a test run, within minutes, or before a release. */
  public enum Size {
    SHORT,
    SMOKE,
    FULL
  }

  public DrillSettings {
    names = List.copyOf(names);
  }

  public static DrillSettings parse(List<String> arguments, Set<String> known) {
    List<String> names = new ArrayList<>();
    Size size = Size.SMOKE;
    long seed = new SecureRandom().nextInt(Integer.MAX_VALUE);
    Path work = home().resolve("dist/drill");
    Iterator<String> rest = arguments.iterator();
    while (rest.hasNext()) {
      String word = rest.next();
      switch (word) {
        case "--full" -> size = Size.FULL;
        case "--short" -> size = Size.SHORT;
        case "--seed" -> seed = Long.parseLong(value(word, rest));
        case "--work" -> work = Path.of(value(word, rest)).toAbsolutePath();
        default -> names.add(name(word, known));
      }
    }
    return new DrillSettings(names.isEmpty() ? List.copyOf(known) : names, size, seed, work);
  }

  private static String value(String option, Iterator<String> rest) {
    if (!rest.hasNext()) {
      throw new IllegalArgumentException(option + " needs a value");
    }
    return rest.next();
  }

  private static String name(String word, Set<String> known) {
    if (!known.contains(word)) {
      throw new IllegalArgumentException("no drill is called \"" + word + "\"");
    }
    return word;
  }

  /** The checkout, as the launcher hands it over. */
  public static Path home() {
    return Path.of(System.getProperty("entrepot.home", ".")).toAbsolutePath().normalize();
  }

  /** One of three numbers, by size. */
  public int bySize(int inTest, int smoke, int full) {
    return switch (size) {
      case SHORT -> inTest;
      case SMOKE -> smoke;
      case FULL -> full;
    };
  }
}
