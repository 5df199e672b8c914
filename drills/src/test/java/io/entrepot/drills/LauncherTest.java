// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** How the launcher answers before anything is built. */
class LauncherTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  private record Answer(int status, String text) {}

  @Test
  void help_names_every_command() throws Exception {
    Answer answer = launcher(Map.of(), "help");
    assertThat(answer.status()).isZero();
    assertThat(answer.text())
        .contains(
            "up ", "demo ", "custody ", "admin ", "doctor ", "build ", "test ", "check ", "drill ")
        .contains("bench ", "fmt ");
  }

  @Test
  void an_unknown_command_is_refused_with_a_hint() throws Exception {
    Answer answer = launcher(Map.of(), "harvets");
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.text()).contains("harvets", "./entrepot help").hasLineCount(1);
  }

  @Test
  void an_unknown_option_of_up_is_refused_with_a_hint() throws Exception {
    Answer answer = launcher(Map.of(), "up", "--prot", "80");
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.text()).contains("--prot", "./entrepot help").hasLineCount(1);
  }

  @Test
  void an_option_of_up_without_its_value_is_refused() throws Exception {
    Answer answer = launcher(Map.of(), "up", "--port");
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.text()).contains("--port needs a value");
  }

  @Test
  void a_machine_without_jdk_25_is_told_in_one_line_what_to_install(
      @TempDir Path empty, @TempDir Path tools) throws Exception {
    Answer answer = launcher(onlyJdksIn(empty, tools), "up");
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.text()).contains("no JDK 25 found", "JAVA_HOME").hasLineCount(1);
  }

  @Test
  void a_jdk_in_a_usual_folder_is_found_without_java_home(@TempDir Path folder, @TempDir Path tools)
      throws Exception {
    Path jdk = Files.createDirectories(folder.resolve("jdk-25"));
    Files.createDirectories(jdk.resolve("bin"));
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Path javac = Files.writeString(jdk.resolve("bin/javac"), "");
    assertThat(javac.toFile().setExecutable(true)).isTrue();
    Answer answer = launcher(onlyJdksIn(jdk, tools), "up", "--bogus");
    assertThat(answer.text()).contains("--bogus").doesNotContain("no JDK 25");
  }

  @Test
  void what_was_built_once_is_not_built_again(@TempDir Path checkout, @TempDir Path jdk)
      throws Exception {
    for (String module : List.of("base", "custody", "storage", "client", "cli")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    Files.copy(HOME.resolve("entrepot"), checkout.resolve("entrepot"));
    script(
        checkout.resolve("mvnw"),
        "sleep 0.1; mkdir -p cli/target/classes base/target; echo building");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Files.createDirectory(jdk.resolve("bin"));
    script(jdk.resolve("bin/javac"), "");
    script(jdk.resolve("bin/java"), "echo the program");

    Map<String, String> environment = Map.of("JAVA_HOME", jdk.toString());
    assertThat(launcher(checkout, environment, "custody").text()).contains("building cli");
    assertThat(launcher(checkout, environment, "custody").text()).isEqualTo("the program\n");

    Files.createFile(checkout.resolve("base/src/main/New.java"));
    assertThat(launcher(checkout, environment, "custody").text()).contains("building cli");

    Files.delete(checkout.resolve("cli/target/classes"));
    assertThat(launcher(checkout, environment, "custody").text()).contains("building cli");
  }

  /**
   * A checkout whose build and whose Java only pretend; a server runs until a file "end" is there.
   */
  private static Map<String, String> pretending(Path checkout, Path jdk) throws IOException {
    for (String module : List.of("base", "custody", "storage", "server", "client", "cli")) {
      Files.createDirectories(checkout.resolve(module).resolve("src/main"));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    Files.createDirectories(checkout.resolve("dist"));
    Files.copy(HOME.resolve("entrepot"), checkout.resolve("entrepot"));
    script(
        checkout.resolve("mvnw"),
        """
        echo begin >> builds
        sleep 0.5
        mkdir -p server/target/classes cli/target/classes
        touch server/target/entrepot-server-1-boot.jar
        echo end >> builds""");
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Files.createDirectory(jdk.resolve("bin"));
    script(jdk.resolve("bin/javac"), "");
    script(
        jdk.resolve("bin/java"),
        """
        case "$*" in
          *jarmode*) for folder; do :; done; mkdir "$folder"; date +%N > "$folder/entrepot-server.jar" ;;
          *AOTCacheOutput*) exit 1 ;;
          *Commands*) echo "commands of $*" ;;
          *entrepot.data=*)
            while [ "$1" != -jar ]; do shift; done
            echo "$2" > running
            while [ ! -e end ]; do sleep 0.05; done ;;
          *) echo "$*" ;;
        esac""");
    return Map.of("JAVA_HOME", jdk.toString());
  }

  private static Process started(Path checkout, Map<String, String> environment, String... words)
      throws IOException {
    ProcessBuilder builder =
        new ProcessBuilder(checkout.resolve("entrepot").toString())
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(checkout.resolve("said").toFile()));
    builder.command().addAll(List.of(words));
    builder.environment().putAll(environment);
    return builder.start();
  }

  private static Path jarOfRunning(Path checkout) throws Exception {
    Path running = checkout.resolve("running");
    for (int i = 0; i < 600 && (!Files.exists(running) || Files.size(running) == 0); i++) {
      Thread.sleep(50);
    }
    return checkout.resolve(Files.readString(running).strip());
  }

  @Test
  void a_server_that_runs_keeps_what_it_runs_from_when_another_is_built(
      @TempDir Path checkout, @TempDir Path jdk) throws Exception {
    Map<String, String> environment = pretending(checkout, jdk);
    Process server = started(checkout, environment, "up");
    try {
      Path jar = jarOfRunning(checkout);
      String content = Files.readString(jar);
      Files.createFile(checkout.resolve("base/src/main/New.java"));

      for (String command : List.of("admin", "doctor")) {
        assertThat(launcher(checkout, environment, command).text())
            .contains("a server runs", "commands of", jar.toString())
            .doesNotContain("building");
      }
      assertThat(launcher(checkout, environment, "build").text()).contains("building server");
      assertThat(jar).hasContent(content);
      Path newest = checkout.resolve("dist/server/entrepot-server.jar");
      assertThat(Files.readString(newest)).isNotEqualTo(content);
      assertThat(launcher(checkout, environment, "doctor").text())
          .contains(newest.toRealPath().toString());

      Files.createFile(checkout.resolve("end"));
      assertThat(server.waitFor()).isZero();
      Files.createFile(checkout.resolve("base/src/main/Newer.java"));
      assertThat(launcher(checkout, environment, "doctor").text()).contains("building server");
      assertThat(jar).doesNotExist();
    } finally {
      server.destroy();
    }
  }

  @Test
  void two_launchers_in_a_new_clone_build_once(@TempDir Path checkout, @TempDir Path jdk)
      throws Exception {
    Map<String, String> environment = pretending(checkout, jdk);
    Process one = started(checkout, environment, "custody");
    Process other = started(checkout, environment, "custody");

    assertThat(one.waitFor()).isZero();
    assertThat(other.waitFor()).isZero();
    assertThat(checkout.resolve("builds")).hasContent("begin\nend");
  }

  private static void script(Path place, String text) throws IOException {
    Files.writeString(place, "#!/bin/sh\n" + text + "\n");
    assertThat(place.toFile().setExecutable(true)).isTrue();
  }

  @Test
  void a_build_that_fails_is_said_to_have_failed(@TempDir Path checkout) throws Exception {
    Files.createDirectory(checkout.resolve("cli"));
    Files.copy(HOME.resolve("entrepot"), checkout.resolve("entrepot"));
    script(checkout.resolve("mvnw"), "echo there is no network; exit 1");
    Answer answer = launcher(checkout, Map.of(), "custody");
    assertThat(answer.status()).isEqualTo(1);
    assertThat(answer.text()).contains("there is no network", "the build of cli failed");
  }

  @Test
  void a_guard_is_proved_by_the_verdict_of_the_drill_that_was_named(@TempDir Path folder)
      throws Exception {
    Answer red = withoutGuard(checkout(folder, 1, "echo kill: RED after 2 kills"), "kill");
    assertThat(red.text()).contains("red without its guard");
    assertThat(red.status()).isZero();
  }

  @ParameterizedTest
  @CsvSource({
    "3, 'kill: CANNOT gcc is not installed', 3",
    "1, 'kill: CANNOT be carried through', 3",
    "1, '  a line of its output with : RED in it', 1",
    "1, 'stop: RED after 2 stops', 1",
    "0, 'kill: GREEN 2 kills', 1"
  })
  void an_obstacle_a_breakdown_and_another_drill_prove_nothing_of_a_guard(
      int status, String said, int expected, @TempDir Path folder) throws Exception {
    Answer answer = withoutGuard(checkout(folder, status, "echo '" + said + "'"), "kill");
    assertThat(answer.text()).doesNotContain("red without its guard");
    assertThat(answer.status()).as(answer.text()).isEqualTo(expected);
  }

  @Test
  void a_guard_is_not_proved_by_all_drills_together(@TempDir Path folder) throws Exception {
    Path checkout = checkout(folder, 1, "echo kill: RED after 2 kills");
    Answer answer = withoutGuard(checkout, "--short", "--seed", "1");
    assertThat(answer.status()).isEqualTo(2);
    assertThat(answer.text()).contains("needs the name of the drill").hasLineCount(1);
  }

  @Test
  void what_a_drill_without_its_guard_kept_elsewhere_goes_with_it(@TempDir Path folder)
      throws Exception {
    Path apart = Files.createDirectory(folder.resolve("entrepot-apart-1"));
    Files.createFile(apart.resolve("journal.jsonl"));
    String work =
        "for last; do :; done; mkdir -p \"$last\"; ln -s '" + apart + "' \"$last/journal\"";
    Answer answer =
        withoutGuard(checkout(folder, 1, work + "; echo kill: RED after 2 kills"), "kill");
    assertThat(answer.status()).as(answer.text()).isZero();
    assertThat(apart).doesNotExist();
  }

  /** One whose drill does this and ends with that status. */
  private static Path checkout(Path folder, int status, String drill) throws Exception {
    Path checkout = Files.createDirectories(folder.resolve("checkout"));
    Files.copy(HOME.resolve("entrepot"), checkout.resolve("entrepot"));
    for (String module : List.of("server", "cli", "drills")) {
      Files.createDirectories(checkout.resolve(module));
      Files.createFile(checkout.resolve(module).resolve("pom.xml"));
    }
    Files.createDirectories(checkout.resolve("drills/guards"));
    Files.writeString(
        checkout.resolve("drills/guards/nothing.patch"),
        "--- a/cli/pom.xml\n+++ b/cli/pom.xml\n@@ -0,0 +1 @@\n+<!-- no guard -->\n");
    script(
        checkout.resolve("mvnw"),
        "mkdir -p server/target cli/target/classes drills/target/classes;"
            + " touch server/target/entrepot-server-1-boot.jar");
    Path jdk = Files.createDirectories(folder.resolve("jdk/bin"));
    Files.writeString(jdk.resolveSibling("release"), "JAVA_VERSION=\"25.0.3\"\n");
    script(jdk.resolve("javac"), "");
    script(
        jdk.resolve("java"),
        "case \"$*\" in *extract*) for to; do :; done; mkdir -p \"$to\" ;;"
            + " *.Drills*) %s; exit %d ;; *) exit 1 ;; esac".formatted(drill, status));
    git(checkout, "init", "-q");
    git(checkout, "add", ".");
    git(checkout, "-c", "user.name=a", "-c", "user.email=a@example.org", "commit", "-qm", "all");
    return checkout;
  }

  private static Answer withoutGuard(Path checkout, String... words) throws Exception {
    String jdk = checkout.resolveSibling("jdk").toString();
    List<String> arguments = new ArrayList<>(List.of("drill", "--without-guard", "nothing"));
    arguments.addAll(List.of(words));
    return launcher(checkout, Map.of("JAVA_HOME", jdk), arguments.toArray(String[]::new));
  }

  private static void git(Path folder, String... words) throws Exception {
    List<String> command = new ArrayList<>(List.of("git", "-C", folder.toString()));
    command.addAll(List.of(words));
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static Answer launcher(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    return launcher(HOME, environment, arguments);
  }

  private static Answer launcher(
      Path checkout, Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(checkout.resolve("entrepot").toString()).redirectErrorStream(true);
    builder.command().addAll(List.of(arguments));
    if (!environment.isEmpty()) {
      builder.environment().remove("JAVA_HOME");
      builder.environment().putAll(environment);
    }
    Process process = builder.start();
    String text = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), text);
  }

  /** What makes the launcher see no JDK but those in the given folder. */
  private static Map<String, String> onlyJdksIn(Path jdks, Path tools) throws IOException {
    for (String tool : List.of("bash", "env", "dirname", "readlink", "grep", "sed", "cat")) {
      Path place = Files.exists(Path.of("/usr/bin", tool)) ? Path.of("/usr/bin") : Path.of("/bin");
      Files.createSymbolicLink(tools.resolve(tool), place.resolve(tool));
    }
    return Map.of("ENTREPOT_JDK_FOLDERS", jdks.toString(), "PATH", tools.toString());
  }
}
