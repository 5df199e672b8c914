// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Starting and stopping the real process, and all the ways in which it refuses to start. A process
 * of its own costs seconds, so most refusals are those of a start in this JVM, which are worded
 * alike.
 */
class StartTest {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir Path folder;

  /** What a process that has ended left behind. */
  private record Ended(int code, String out, String err) {

    /** It said what is wrong in one line, without a stack trace, and left with code 2. */
    void refusedNaming(String... words) {
      assertThat(code).as(err).isEqualTo(2);
      assertThat(err.strip().lines().toList()).hasSize(1);
      assertThat(err).startsWith("entrepot: ").contains(words).doesNotContain("\tat ");
      assertThat(out).doesNotContain("\tat ").doesNotContain("Exception");
    }
  }

  /** Has to refuse, in the line that a process would print, and names these. */
  private static void refusedNaming(List<String> arguments, String... words) {
    List<String> all = new ArrayList<>(arguments);
    all.add("--logging.config=classpath:logback-test.xml");
    all.add("--logging.level.org.springframework.boot.SpringApplication=off");
    Throwable refusal = catchThrowable(() -> Entrepot.start(all.toArray(String[]::new)).close());
    assertThat(refusal).as("it started").isNotNull();
    assertThat(StartFailure.explain(refusal)).contains(words).hasLineCount(1);
  }

  private Ended run(Map<String, String> environment, String... arguments)
      throws IOException, InterruptedException {
    Process process = ServerProcess.start(folder, environment, arguments);
    try {
      assertThat(process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)).isTrue();
    } finally {
      process.destroyForcibly();
    }
    return new Ended(process.exitValue(), text("out"), text("err"));
  }

  private String text(String name) throws IOException {
    return Files.readString(folder.resolve(name), StandardCharsets.UTF_8);
  }

  private String data() {
    return "--entrepot.data=" + folder.resolve("data");
  }

  private void waitUntilReady(Process process) throws IOException, InterruptedException {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!text("out").contains("Entrepot is ready")) {
      assertThat(process.isAlive()).as(text("err") + text("out")).isTrue();
      assertThat(System.nanoTime()).isLessThan(end);
      Thread.sleep(50);
    }
  }

  @Test
  void it_says_where_it_is_keeps_its_data_to_itself_and_stops_when_asked() throws Exception {
    Process process = ServerProcess.start(folder, Map.of("ENTREPOT_PORT", "0"), data());
    try {
      waitUntilReady(process);
      Path data = folder.resolve("data");
      assertThat(text("out"))
          .contains("Entrepot is ready at http://127.0.0.1:")
          .contains(data.toString())
          .containsPattern("http://127\\.0\\.0\\.1:\\d+/ui/setup/[\\w-]{43}\\s");
      String token = text("out").replaceAll("(?s).*/ui/setup/([\\w-]{43}).*", "$1");
      assertThat(Files.readString(data.resolve("logs/api.log"))).doesNotContain(token);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(data)))
          .isEqualTo("rwx------");
      assertThat(data.resolve("logs/api.log")).exists();
      assertThat(data.resolve("entrepot.db")).exists();

      Ended second = new Ended(-1, "", "");
      Path mine = folder.resolve("second");
      Files.createDirectory(mine);
      StartTest other = new StartTest();
      other.folder = mine;
      long begun = System.nanoTime();
      second = other.run(Map.of("ENTREPOT_PORT", "0"), data());
      assertThat(Duration.ofNanos(System.nanoTime() - begun)).isLessThan(Duration.ofSeconds(20));
      second.refusedNaming("in use", "process id " + process.pid());
    } finally {
      long begun = System.nanoTime();
      process.destroy();
      assertThat(process.waitFor(10, TimeUnit.SECONDS)).isTrue();
      System.out.println(
          "stopped in " + Duration.ofNanos(System.nanoTime() - begun).toMillis() + " ms");
    }
  }

  @Test
  void a_port_that_is_taken_is_named() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress())) {
      refusedNaming(
          List.of(data(), "--entrepot.port=" + taken.getLocalPort()),
          "port " + taken.getLocalPort(),
          "--entrepot.port");
    }
  }

  @Test
  void an_address_that_is_not_of_this_machine_is_refused() {
    refusedNaming(
        List.of(data(), "--entrepot.port=0", "--entrepot.bind=192.0.2.1"), "--entrepot.bind");
  }

  @Test
  void an_unknown_setting_is_refused_wherever_it_stands() throws Exception {
    run(Map.of("ENTREPOT_PRT", "1"), data()).refusedNaming("ENTREPOT_PRT");
    refusedNaming(List.of(data(), "--entrepot.prt=1"), "entrepot.prt");
    refusedNaming(List.of(data(), "--prt=1"), "prt");

    Path file = folder.resolve("my.yaml");
    List<String> arguments = List.of(data(), "--entrepot.config=" + file);
    Files.writeString(file, "entrepot:\n  prt: 1\n");
    refusedNaming(arguments, "entrepot.prt", "my.yaml");
    Files.writeString(file, "prt: 1\n");
    refusedNaming(arguments, "prt", "my.yaml");
    Files.writeString(file, "entrepot: [\n");
    refusedNaming(arguments, "YAML");
  }

  @Test
  void a_value_that_cannot_be_is_refused_by_name() {
    refusedNaming(List.of(data(), "--entrepot.port=many"), "entrepot.port", "many");
    refusedNaming(List.of(data(), "--entrepot.ark.shoulder=toolong"), "entrepot.ark");
    refusedNaming(List.of(data(), "--entrepot.config=" + folder.resolve("none.yaml")), "none.yaml");
  }

  @Test
  void a_data_directory_that_holds_something_else_is_left_alone() throws Exception {
    Path home = Files.createDirectory(folder.resolve("home"));
    Files.writeString(home.resolve("thesis.txt"), "do not touch");
    var before = Files.getPosixFilePermissions(home);

    refusedNaming(List.of("--entrepot.data=" + home), home.toString());

    assertThat(Files.getPosixFilePermissions(home)).isEqualTo(before);
    assertThat(home.toFile().list()).containsExactly("thesis.txt");
  }

  @Test
  void a_data_directory_that_cannot_be_made_is_named() throws Exception {
    Path file = Files.writeString(folder.resolve("file"), "");

    refusedNaming(
        List.of("--entrepot.data=" + file.resolve("data")), file.resolve("data").toString());
  }

  @Test
  void a_database_of_a_newer_version_is_left_alone() throws Exception {
    Path data = Files.createDirectory(folder.resolve("data"));
    try (TestServer server = TestServer.startIn(data)) {
      server
          .part(io.entrepot.server.database.Database.class)
          .write(
              () ->
                  server
                      .part(io.entrepot.server.database.Database.class)
                      .sql(
                          "insert into flyway_schema_history (installed_rank, version, description,"
                              + " type, script, installed_by, execution_time, success) values (999,"
                              + " '999', 'later', 'SQL', 'V999__later.sql', 'me', 1, 1)")
                      .update());
    }
    refusedNaming(List.of(data(), "--entrepot.port=0"), "newer version");
  }
}
