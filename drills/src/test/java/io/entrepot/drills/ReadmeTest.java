// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the pages for people say can be typed and clicked. */
class ReadmeTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();
  private static final int DEPTH = 5;
  private static final List<String> MADE = List.of("dist", "target", ".git", "entrepot-data");
  private static final Pattern COMMAND = Pattern.compile("\\./entrepot ([a-z]+)");

  /** What {@code custody} takes is in its own help. */
  private static final Pattern OPTION =
      Pattern.compile("\\./entrepot ((?!custody)[a-z]+[^\\n`]*?) (--[a-z]+)");

  private static final Pattern LINK =
      Pattern.compile("(?<!!)\\[[^\\]]*\\]\\((?!https?:|#)([^)#]+)");

  /** All that are in the repository, and not those that a build or a drill makes. */
  static Stream<Path> pages() throws IOException {
    try (Stream<Path> all =
        Files.find(HOME, DEPTH, (path, _) -> path.getFileName().toString().endsWith(".md"))) {
      return all
          .filter(path -> MADE.stream().noneMatch(name -> HOME.relativize(path).startsWith(name)))
          .filter(path -> !HOME.relativize(path).toString().contains("target/"))
          .sorted()
          .toList()
          .stream();
    }
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_command_named_is_one_of_the_launcher(Path page) throws Exception {
    String help = launcher("help");
    assertThat(all(COMMAND, page))
        .allSatisfy(m -> assertThat(help).contains("  " + m.group(1) + " "));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_option_named_is_in_the_help(Path page) throws Exception {
    String help = launcher("help");
    assertThat(all(OPTION, page)).allSatisfy(m -> assertThat(help).contains(m.group(2)));
  }

  @ParameterizedTest
  @MethodSource("pages")
  void every_link_to_a_file_leads_somewhere(Path page) throws IOException {
    assertThat(all(LINK, page))
        .allSatisfy(m -> assertThat(page.resolveSibling(m.group(1))).exists());
  }

  private static List<MatchResult> all(Pattern pattern, Path page) throws IOException {
    return pattern.matcher(Files.readString(page)).results().toList();
  }

  private static String launcher(String argument) throws Exception {
    Process process =
        new ProcessBuilder(HOME.resolve("entrepot").toString(), argument)
            .redirectErrorStream(true)
            .start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).isZero();
    return output;
  }
}
