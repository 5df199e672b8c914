// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How the launcher answers before anything is built. */
class LauncherTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();

  private record Answer(int status, String text) {}

  @Test
  void help_names_every_command() throws Exception {
    Answer answer = launcher(Map.of(), "help");
    assertThat(answer.status()).isZero();
    assertThat(answer.text())
        .contains("up ", "demo ", "custody ", "admin ", "doctor ", "test ", "check ", "drill ")
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

  private static Answer launcher(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(HOME.resolve("entrepot").toString()).redirectErrorStream(true);
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
