// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.AdjustableClock;
import io.entrepot.server.Operator;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The figures at {@code /metrics}, and what is shipped to look at them. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MetricsTest {

  private static final String TOKEN = "a-token-for-monitors";
  private static final Pattern SAMPLE =
      Pattern.compile("([a-z_]+)(\\{[a-z]+=\"[^\"]*\"(?:,[a-z]+=\"[^\"]*\")*})? (\\S+)");
  private static final Pattern NAME =
      Pattern.compile("\\b(?:entrepot|jvm|process)_[a-z_]+\\b(?!\\s*:)");

  private TestServer server;

  @BeforeAll
  void a_server_that_has_harvested_and_was_backed_up(@TempDir Path folder) throws IOException {
    server =
        // Backups are made of SQLite only.
        TestServer.startOnSqlite(
            "--entrepot.metrics.token=" + TOKEN, AdjustableClock.ahead(Duration.ZERO));
    harvest(server, folder);
    Operator.run("admin", "backup", folder.resolve("backup"), "--data", server.data()).good();
  }

  private static void harvest(TestServer server, Path folder) throws IOException {
    HarvestFixture fixture = new HarvestFixture(server, Files.createDirectory(folder.resolve("l")));
    Line line = fixture.line();
    line.put("a.dat", "12345");
    line.put("b.dat", "1234567");
    fixture.harvest(line);
  }

  @AfterAll
  void stop() {
    server.close();
  }

  private String metrics() {
    Answer answer = server.anonymous().get("/metrics").expect(200);
    assertThat(answer.header("Content-Type").orElse("")).startsWith("text/plain");
    return answer.text();
  }

  @Test
  void what_happened_is_counted() {
    assertThat(metrics().lines())
        .contains(
            "entrepot_jobs{kind=\"harvest\",state=\"completed\"} 1",
            "entrepot_job_files_total 2",
            "entrepot_job_bytes_total 12",
            "entrepot_files 2",
            "entrepot_file_bytes 12",
            "entrepot_jobs_waiting 0",
            "entrepot_part_well{part=\"database\"} 1",
            "entrepot_part_well{part=\"ledger\"} 1",
            "entrepot_backup_good 1");
  }

  @Test
  void what_stores_did_is_counted_by_what_they_are_for() {
    assertThat(metrics())
        .contains(
            "\nentrepot_store_bytes_total{place=\"instrument\",store=\"posix\",direction=\"read\"} 12\n",
            "\nentrepot_store_bytes_total{place=\"instrument\",store=\"posix\",direction=\"write\"} 0\n")
        .containsPattern(
            "\nentrepot_store_bytes_total\\{place=\"storage\",store=\"posix\",direction=\"write\"} [1-9]")
        .contains(
            "\nentrepot_store_operation_seconds_count{place=\"instrument\",store=\"posix\",operation=\"read\"} 2\n")
        .containsPattern(
            "\nentrepot_store_operation_seconds_count\\{place=\"storage\",store=\"posix\",operation=\"publish\"} [1-9]")
        .doesNotContainPattern(
            "\nentrepot_store_operation_seconds_sum\\{place=\"instrument\",store=\"posix\",operation=\"read\"} 0\n");
  }

  @Test
  void every_line_is_well_formed_and_no_series_is_there_twice() {
    Set<String> series = new HashSet<>();
    String announced = "";
    for (String line : metrics().lines().toList()) {
      if (line.startsWith("# TYPE ")) {
        announced = line.split(" ")[2];
        assertThat(line).matches("# TYPE [a-z_]+ (counter|gauge|histogram|summary)");
      } else if (!line.startsWith("# HELP ")) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as(line).isTrue();
        assertThat(sample.group(1)).startsWith(announced);
        assertThat(series.add(sample.group(1) + sample.group(2))).as(line).isTrue();
        assertThat(Double.parseDouble(sample.group(3))).isGreaterThanOrEqualTo(0);
      }
    }
    assertThat(series).hasSizeGreaterThan(30);
  }

  @Test
  void requests_are_counted_by_family_and_in_their_bucket() {
    server.anonymous().get("/api/files");
    server.anonymous().get("/api/v1/accounts");
    server.part(AdjustableClock.class).advance(Duration.ofSeconds(3));

    assertThat(metricsWith("requests_total{family=\"workspaces\",status=\"4xx\"} 1"))
        .containsPattern("entrepot_http_requests_total\\{family=\"harvest\",status=\"4xx\"} [1-9]")
        .contains("entrepot_http_request_seconds_bucket{family=\"workspaces\",le=\"+Inf\"} 1")
        .contains("entrepot_http_request_seconds_count{family=\"workspaces\"} 1");
  }

  @Test
  void what_it_takes_to_know_who_asks_and_to_write_down_what_he_did_is_counted() {
    TestClient admin = server.admin();
    AdjustableClock clock = server.part(AdjustableClock.class);
    clock.advance(Duration.ofSeconds(3));
    double before = sample("entrepot_audit_seconds_count");
    admin.post("/api/groups", "{\"name\": \"Counted\"}").expect(201);

    clock.advance(Duration.ofSeconds(3));
    assertThat(sample("entrepot_audit_seconds_count")).isEqualTo(before + 1);
    assertThat(sample("entrepot_credential_seconds_count")).isPositive();
    assertThat(sample("entrepot_credential_seconds_sum")).isNotNegative();
  }

  private double sample(String name) {
    return metrics()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length())))
        .sum();
  }

  @Test
  void a_request_line_that_is_refused_for_its_length_is_counted() {
    server.anonymous().get("/api/v1/sync/" + "x".repeat(20_000)).expect(414);

    metricsWith("requests_total{family=\"sync\",status=\"4xx\"} 1");
  }

  /** A request is counted once all of it was read, which may be after its answer was sent. */
  private String metricsWith(String sample) {
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(5);
    while (!metrics().contains(sample) && System.nanoTime() < end) {
      Thread.onSpinWait();
    }
    String page = metrics();
    assertThat(page).contains(sample);
    return page;
  }

  @Test
  void what_the_dashboard_and_the_alerts_ask_for_is_there() throws IOException {
    String page =
        metrics()
            + "entrepot_transfers_failed{reason=\"X\"} 0\n"
            + "entrepot_store_failures_total{reason=\"X\"} 0\n";
    Set<String> asked = new TreeSet<>();
    for (String file : new String[] {"grafana-dashboard.json", "prometheus-alerts.yaml"}) {
      for (String line : Files.readAllLines(Path.of("../packaging", file))) {
        if (line.contains("expr\":") || line.contains("expr:")) {
          NAME.matcher(line).results().forEach(found -> asked.add(found.group()));
        }
      }
    }
    assertThat(asked).hasSizeGreaterThan(15);
    assertThat(asked).allSatisfy(name -> assertThat(page).containsPattern("(?m)^" + name + "[{ ]"));
  }

  @Test
  void the_page_for_operators_lists_every_figure_and_no_other() throws IOException {
    Set<String> shown = new TreeSet<>();
    metrics()
        .lines()
        .filter(line -> line.startsWith("# TYPE "))
        .forEach(line -> shown.add(line.split(" ")[2]));
    Set<String> described = new TreeSet<>();
    for (String line : Files.readAllLines(Path.of("../docs/administer/monitoring.md"))) {
      if (line.startsWith("| `")) {
        NAME.matcher(line.substring(0, line.indexOf('|', 1)))
            .results()
            .forEach(found -> described.add(found.group()));
      }
    }
    assertThat(described).isEqualTo(shown);
  }

  @Test
  void a_request_that_was_passed_on_is_not_from_this_machine() throws IOException {
    assertThat(status("Host: 127.0.0.1")).isEqualTo("200");
    for (String header :
        List.of(
            "X-Forwarded-For: 192.0.2.7",
            "X-Forwarded-Proto: https",
            "X-Real-IP: 192.0.2.7",
            "Via: 1.1 proxy",
            "Forwarded: for=192.0.2.7")) {
      assertThat(status("Host: 127.0.0.1", header)).as(header).isEqualTo("401");
    }
    assertThat(status("Host: entrepot.example.org")).isEqualTo("401");
  }

  @Test
  void somebody_elsewhere_needs_the_token_or_an_administrators_credential() throws IOException {
    String elsewhere = "Host: entrepot.example.org";
    assertThat(status(elsewhere, "Authorization: Bearer " + TOKEN)).isEqualTo("200");
    assertThat(status(elsewhere, "Authorization: Bearer " + TOKEN + "!")).isEqualTo("401");
    assertThat(status(elsewhere, "Authorization: Bearer ")).isEqualTo("401");
    String admin = server.anonymous().signIn(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
    assertThat(status(elsewhere, "Authorization: Bearer " + admin)).isEqualTo("200");
    server.newUser("watcher@lab.example");
    String user =
        server.anonymous().signIn("watcher@lab.example", "a password of watcher@lab.example");
    assertThat(status(elsewhere, "Authorization: Bearer " + user)).isEqualTo("403");
  }

  /** What the status line of {@code /metrics} says. */
  private String status(String... headers) throws IOException {
    try (Socket socket = new Socket("127.0.0.1", server.port())) {
      String request =
          "GET /metrics HTTP/1.1\r\n"
              + String.join("\r\n", headers)
              + "\r\nConnection: close\r\n\r\n";
      socket.getOutputStream().write(request.getBytes(StandardCharsets.US_ASCII));
      String answer = new String(socket.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return answer.split(" ", 3)[1];
    }
  }

  @Test
  void a_server_on_postgresql_has_the_same_figures(@TempDir Path folder) throws IOException {
    Optional<TestServer> other = TestServer.startOnPostgresql();
    if (other.isEmpty()) {
      return;
    }
    try (TestServer postgresql = other.get()) {
      harvest(postgresql, folder);
      assertThat(postgresql.anonymous().get("/metrics").expect(200).text().lines())
          .contains("entrepot_files 2", "entrepot_job_bytes_total 12")
          .anyMatch(line -> line.matches("entrepot_database_bytes [1-9][0-9]+"));
    }
  }
}
