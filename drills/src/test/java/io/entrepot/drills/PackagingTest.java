// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is in {@code packaging/} names only what is there, and starts the server as it is meant. */
class PackagingTest {

  private static final Path HOME = Path.of("").toAbsolutePath().getParent();
  private static final String INSTALLED = "/opt/entrepot";

  private record Answer(int status, String text) {}

  private static String text(String file) throws IOException {
    return Files.readString(HOME.resolve(file));
  }

  /** Where a path of an installed server is in this repository. */
  private static Path here(String installed) {
    assertThat(installed).startsWith(INSTALLED);
    return HOME.resolve(installed.substring(INSTALLED.length() + 1));
  }

  private static String setting(String unit, String name) {
    return unit.lines()
        .filter(line -> line.startsWith(name + "="))
        .map(line -> line.substring(name.length() + 1))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no " + name));
  }

  private static Answer run(Map<String, String> environment, List<String> command)
      throws IOException, InterruptedException {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().putAll(environment);
    Process process = builder.start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    return new Answer(process.waitFor(), said);
  }

  @Test
  void the_unit_of_systemd_names_what_is_there_and_keeps_its_data_where_it_may_write()
      throws Exception {
    String unit = text("packaging/entrepot.service");
    List<String> start = List.of(setting(unit, "ExecStart").split(" "));

    assertThat(here(start.getFirst())).isExecutable();
    assertThat(start.get(1)).isEqualTo("up");
    String help = run(Map.of(), List.of(HOME.resolve("entrepot").toString(), "help")).text();
    assertThat(start.stream().filter(word -> word.startsWith("--")))
        .isNotEmpty()
        .allSatisfy(option -> assertThat(help).contains("[" + option + " "));
    assertThat(start.get(start.indexOf("--data") + 1))
        .isEqualTo("/var/lib/" + setting(unit, "StateDirectory"));
    assertThat(here(setting(unit, "Documentation").replace("file://", ""))).exists();
    assertThat(text("docs/administer/systemd.md"))
        .contains("nologin " + setting(unit, "User"))
        .contains("packaging/entrepot.service");
    assertThat(Integer.parseInt(setting(unit, "LimitNOFILE"))).isGreaterThanOrEqualTo(4096);
    assertThat(unit.lines()).noneMatch(line -> line.startsWith("MemoryDenyWriteExecute"));
  }

  @Test
  void systemd_finds_no_fault_in_the_unit(@TempDir Path folder) throws Exception {
    Path analyze = Path.of("/usr/bin/systemd-analyze");
    Assumptions.assumeTrue(Files.exists(analyze), "there is no systemd-analyze here");
    Path unit = folder.resolve("entrepot.service");
    Files.writeString(
        unit,
        text("packaging/entrepot.service")
            .replace(INSTALLED, HOME.toString())
            .replaceAll("(?m)^(User|Group)=.*$", ""));
    Answer answer =
        run(Map.of(), List.of(analyze.toString(), "verify", "--man=no", unit.toString()));

    assertThat(answer.text().lines().filter(line -> line.contains("entrepot.service")))
        .as(answer.text())
        .isEmpty();
  }

  @Test
  void the_image_is_made_of_what_is_there_and_runs_as_nobody_special() throws Exception {
    List<String> lines =
        text("packaging/Dockerfile").replace("\\\n", " ").lines().map(String::strip).toList();

    for (String line : lines) {
      if (line.startsWith("COPY --from=build ")) {
        assertThat(line.split(" ")[2]).isEqualTo(INSTALLED + "/dist/server");
        assertThat(text("entrepot")).contains("server_jar=dist/server/");
      } else if (line.startsWith("COPY ")) {
        List<String> words = List.of(line.split(" "));
        assertThat(words.subList(1, words.size() - 1))
            .allSatisfy(from -> assertThat(HOME.resolve(from)).exists());
      }
    }
    assertThat(word(lines, "USER")).matches("[1-9][0-9]+");
    assertThat(here(quoted(lines, "ENTRYPOINT").getFirst())).isExecutable();
    assertThat(here(quoted(lines, "HEALTHCHECK").getFirst())).isExecutable();
    assertThat(quoted(lines, "CMD").getFirst()).isEqualTo("up");
    assertThat(lines).contains("ENV ENTREPOT_BUILT=yes", "EXPOSE 8000", "VOLUME /data");
    assertThat(text("packaging/compose.yaml"))
        .contains("dockerfile: packaging/Dockerfile", "read_only: true", "cap_drop: [ALL]");
  }

  private static String line(List<String> lines, String instruction) {
    return lines.stream()
        .filter(line -> line.startsWith(instruction + " "))
        .reduce((_, last) -> last)
        .orElseThrow();
  }

  private static String word(List<String> lines, String instruction) {
    return line(lines, instruction).substring(instruction.length() + 1);
  }

  private static List<String> quoted(List<String> lines, String instruction) {
    return Pattern.compile("\"([^\"]*)\"")
        .matcher(line(lines, instruction))
        .results()
        .map(found -> found.group(1))
        .toList();
  }

  @Test
  void what_is_in_the_image_is_enough_to_start_the_server_and_to_give_commands(
      @TempDir Path image, @TempDir Path jdk) throws Exception {
    for (String file : List.of("entrepot", "server/java.options", "packaging/healthy")) {
      Files.createDirectories(image.resolve(file).getParent());
      Files.copy(
          HOME.resolve(file),
          image.resolve(file),
          java.nio.file.StandardCopyOption.COPY_ATTRIBUTES);
    }
    Files.createDirectories(image.resolve("dist/server"));
    Files.writeString(image.resolve("dist/server/entrepot-server.jar"), "");
    Map<String, String> environment =
        Map.of("JAVA_HOME", echoing(jdk).toString(), "ENTREPOT_BUILT", "yes");
    List<String> lines = text("packaging/Dockerfile").lines().toList();
    List<String> command = new ArrayList<>(List.of(image.resolve("entrepot").toString()));
    command.addAll(quoted(lines, "CMD"));

    Answer started = run(environment, command);
    assertThat(started.text())
        .contains("-jar dist/server/entrepot-server.jar", "--entrepot.data=/data")
        .contains("--entrepot.bind=0.0.0.0", "--entrepot.port=8000", "BUILT=none");
    command.subList(1, command.size()).clear();
    command.addAll(List.of("doctor", "--data", "/data"));
    assertThat(run(environment, command).text())
        .contains("io.entrepot.server.Commands doctor --data /data");
  }

  /** A JDK whose Java says what it was asked to run. */
  private static Path echoing(Path jdk) throws IOException {
    Files.writeString(jdk.resolve("release"), "JAVA_VERSION=\"25.0.3\"\n");
    Path bin = Files.createDirectory(jdk.resolve("bin"));
    for (String name : List.of("java", "javac")) {
      Path program =
          Files.writeString(
              bin.resolve(name), "#!/bin/sh\necho \"$@\" BUILT=${ENTREPOT_BUILT:-none}\n");
      assertThat(program.toFile().setExecutable(true)).isTrue();
    }
    return jdk;
  }

  @Test
  void the_health_check_is_good_only_while_the_server_is_ready() throws Exception {
    int[] status = {200};
    HttpServer server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    server.createContext(
        "/health/ready",
        exchange -> {
          exchange.sendResponseHeaders(status[0], -1);
          exchange.close();
        });
    server.start();
    String port = Integer.toString(server.getAddress().getPort());
    List<String> healthy = List.of(HOME.resolve("packaging/healthy").toString(), port);
    try {
      assertThat(run(Map.of(), healthy).status()).isZero();
      status[0] = 503;
      assertThat(run(Map.of(), healthy).status()).isEqualTo(1);
    } finally {
      server.stop(0);
    }
    // Not the port of before, which somebody else may have by now.
    List<String> nobodyThere = List.of(healthy.getFirst(), "1");
    assertThat(run(Map.of(), nobodyThere).status()).isNotZero();
  }
}
