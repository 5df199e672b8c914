// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedTreeTest {

  @TempDir Path folder;

  @Test
  void the_same_seed_makes_the_same_tree() throws IOException {
    Path one = GeneratedTree.small(folder.resolve("one"), 1);
    Path two = GeneratedTree.small(folder.resolve("two"), 1);
    assertThat(files(one)).hasSize(500);
    for (Path file : files(one)) {
      assertThat(Files.mismatch(file, two.resolve(one.relativize(file)))).isEqualTo(-1);
    }
  }

  @Test
  void a_tree_has_about_the_size_that_is_documented() throws IOException {
    long bytes = 0;
    for (Path file : files(GeneratedTree.small(folder.resolve("small"), 1))) {
      bytes += Files.size(file);
    }
    assertThat(bytes).isBetween(3_500_000L, 4_700_000L);
  }

  @Test
  void a_tree_that_was_cut_off_while_being_made_is_made_anew() throws IOException {
    Path tree = GeneratedTree.tiny(folder.resolve("tiny"), 10);
    Files.delete(folder.resolve("tiny.done"));
    Files.writeString(tree.resolve("left-over"), "");
    assertThat(files(GeneratedTree.tiny(tree, 10))).hasSize(10);
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).sorted().toList();
    }
  }
}
