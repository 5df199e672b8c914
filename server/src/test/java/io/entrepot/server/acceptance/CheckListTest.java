// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Method;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Every check of every door has a test, or says why it has none. */
class CheckListTest {

  private static final Path MODULE = Path.of("").toAbsolutePath();
  private static final Path SOURCES = MODULE.resolve("src/test/java/io/entrepot/server/acceptance");
  private static final Path LISTS = MODULE.resolve("src/test/resources/acceptance");
  private static final Pattern INSIDE =
      Pattern.compile(
          "^import (static )?io\\.entrepot\\.(server\\."
              + "(?!(TestServer|TestClient|TwoNodes|DrillSize|RawAnswer|Operator|AdjustableClock|ShortPause|ServerProcess|acceptance"
              + "|database\\.TestPostgresql|notices\\.Receiver|notices\\.mail\\.TestMailServer)\\b)"
              + "|custody\\.|base\\.).*",
          Pattern.MULTILINE);

  /**
   * One row of a door's list.
   *
   * @param remark what is scaled down, shown elsewhere or missing
   */
  private record Row(String door, int number, String sentence, String remark) {

    String name() {
      return door + " " + number;
    }

    boolean isOpen() {
      return remark.startsWith("open:");
    }

    List<String> places() {
      return Stream.of(remark.split(" ")).filter(word -> word.matches("[\\w-]+/\\S+")).toList();
    }
  }

  private static List<Row> rows() {
    List<Row> rows = new ArrayList<>();
    for (Path list : below(LISTS, ".txt")) {
      String door = list.getFileName().toString().replace(".txt", "");
      for (String line : read(list).lines().toList()) {
        if (!line.isBlank() && !line.startsWith("#")) {
          String[] parts = line.split("\\|", -1);
          assertThat(parts).as(line).hasSize(3);
          rows.add(
              new Row(
                  door, Integer.parseInt(parts[0].strip()), parts[1].strip(), parts[2].strip()));
        }
      }
    }
    return rows;
  }

  /** The tests of this package by the checks they show. */
  private static Map<String, List<String>> tests() {
    Map<String, List<String>> tests = new TreeMap<>();
    for (Path source : below(SOURCES, "Test.java")) {
      String name = source.getFileName().toString().replace(".java", "");
      for (Method method : type(name).getDeclaredMethods()) {
        Check checks = method.getAnnotation(Check.class);
        if (checks != null) {
          for (String check : checks.value()) {
            tests.computeIfAbsent(check, _ -> new ArrayList<>()).add(name + "." + method.getName());
          }
        }
      }
    }
    return tests;
  }

  private static Class<?> type(String name) {
    try {
      String full = CheckListTest.class.getPackageName() + "." + name;
      return Class.forName(full, false, CheckListTest.class.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw new IllegalStateException(e);
    }
  }

  private static List<Path> below(Path folder, String end) {
    try (Stream<Path> found = Files.list(folder)) {
      return found.filter(file -> file.toString().endsWith(end)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void every_check_has_a_test_or_says_where_it_is_shown_or_why_it_is_open() {
    Map<String, List<String>> tests = tests();
    Map<String, String> faults = new LinkedHashMap<>();
    for (Row row : rows()) {
      boolean tested = tests.containsKey(row.name());
      System.out.printf(
          "%-11s %s%n            %s%s%n",
          row.name(),
          row.sentence(),
          tested ? String.join(", ", tests.getOrDefault(row.name(), List.of())) : "",
          row.remark().isEmpty() ? "" : " [" + row.remark() + "]");
      if (!tested && !row.isOpen() && row.places().isEmpty()) {
        faults.put(row.name(), "no test shows it: " + row.sentence());
      }
      if (tested && row.isOpen()) {
        faults.put(row.name(), "it is shown and called open");
      }
      for (String place : row.places()) {
        if (!Files.exists(MODULE.resolveSibling(place))) {
          faults.put(row.name(), "there is no " + place);
        }
      }
    }
    assertThat(faults).isEmpty();
  }

  @Test
  void a_test_names_only_checks_that_are_in_a_list() {
    List<Row> rows = rows();

    assertThat(rows.stream().map(Row::name)).doesNotHaveDuplicates().containsAll(tests().keySet());
    assertThat(rows.stream().filter(row -> row.door().equals("harvest")).map(Row::number))
        .hasSize(44)
        .isSorted();
  }

  @Test
  void nothing_here_looks_inside_the_server() {
    Map<Path, String> inside = new TreeMap<>();
    for (Path source : below(SOURCES, ".java")) {
      var found = INSIDE.matcher(read(source));
      if (found.find()) {
        inside.put(source.getFileName(), found.group());
      }
    }
    assertThat(inside).isEmpty();
  }
}
