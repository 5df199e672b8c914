// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The patches that take a guard out, and the table that says which drill misses it. */
class GuardsTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();
  private static final Path GUARDS = HOME.resolve("drills/guards");
  private static final Pattern ROW = Pattern.compile("(?m)^\\| `([a-z]+)` \\|[^|]*\\|([^|]*)\\|$");

  static Stream<Path> patches() throws IOException {
    try (Stream<Path> all = Files.list(GUARDS)) {
      return all.filter(file -> file.toString().endsWith(".patch")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @MethodSource("patches")
  void every_guard_can_still_be_taken_out(Path patch) throws Exception {
    Process git =
        new ProcessBuilder("git", "apply", "--check", patch.toString())
            .directory(HOME.toFile())
            .redirectErrorStream(true)
            .start();
    String said = new String(git.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(git.waitFor()).as(said).isZero();
  }

  @Test
  void every_patch_has_a_row_in_the_table_and_every_row_a_patch() throws IOException {
    Set<String> names =
        patches()
            .map(patch -> patch.getFileName().toString().replace(".patch", ""))
            .collect(Collectors.toSet());
    assertThat(table().keySet()).isEqualTo(names);
  }

  @Test
  void every_drill_turns_red_without_some_guard() throws IOException {
    Set<String> red = new TreeSet<>();
    for (String cell : table().values()) {
      for (String part : cell.split(";")) {
        String named = part.split(":")[0].strip();
        assertThat(named.split(", ")).as(cell).isSubsetOf(Drills.names());
        red.addAll(List.of(named.split(", ")));
      }
    }
    assertThat(red).containsAll(drills());
  }

  /** By guard, what the table says of the drills that turn red. */
  private static Map<String, String> table() throws IOException {
    return ROW.matcher(Files.readString(GUARDS.resolve("README.md")))
        .results()
        .collect(
            Collectors.toMap(row -> row.group(1), row -> row.group(2), (a, b) -> a, TreeMap::new));
  }

  private static Set<String> drills() {
    return Drills.names().stream()
        .filter(drill -> !Set.of("large", "tree").contains(drill))
        .collect(Collectors.toSet());
  }
}
