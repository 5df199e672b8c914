// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import io.entrepot.server.database.Database;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is longer than any one answer. */
class JobLogTest {

  private static final int LINES = 6_000;

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  /** A run that ended, with so many lines more than it wrote itself. */
  private String longRun() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    String run = fixture.harvest(line).get("id").asString();
    String job = Id.fromUuid(UUID.fromString(run)).hex();
    List<Object[]> rows =
        IntStream.rangeClosed(1, LINES)
            .mapToObj(i -> new Object[] {job, 1_000_000 + i, "odd\nname " + i})
            .toList();
    Database database = server.part(Database.class);
    database.write(
        () ->
            database.batch(
                "insert into job_log (job_id, number, time, level, text)"
                    + " values (?, ?, 0, 'info', ?)",
                rows));
    return run;
  }

  @Test
  void the_whole_log_can_be_had_as_a_text_file() {
    String run = longRun();

    Answer text = admin.get("/ui/jobs/" + run + "/log.txt").expect(200);

    assertThat(text.header("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(text.header("Content-Disposition").orElse("")).contains("attachment", ".txt");
    List<String> lines = text.text().lines().toList();
    assertThat(lines).hasSizeGreaterThan(LINES);
    assertThat(lines.getLast()).isEqualTo("1970-01-01T00:00:00Z INFO odd\uFFFDname " + LINES);
    TestClient user = server.newUser("log@lab.example");
    assertThat(user.get("/ui/jobs/" + run + "/log.txt").status()).isEqualTo(404);
  }

  @Test
  void a_part_of_the_log_says_where_the_next_one_is() {
    String run = longRun();

    Answer first = admin.get("/api/runs/" + run + "/log").expect(200);
    assertThat(first.json().size()).isEqualTo(5_000);
    String next = first.header("Link").orElseThrow();
    assertThat(next).endsWith(">; rel=\"next\"");

    Answer second = admin.get(next.substring(1, next.indexOf('>'))).expect(200);
    assertThat(second.header("Link")).isEmpty();
    assertThat(second.json().get(second.json().size() - 1).get("text").asString())
        .isEqualTo("odd\nname " + LINES);
    assertThat(second.json().get(0).get("number").asLong())
        .isGreaterThan(first.json().get(4_999).get("number").asLong());
  }
}
