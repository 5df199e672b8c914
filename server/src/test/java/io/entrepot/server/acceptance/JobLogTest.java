// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A log that is longer than any one answer. */
class JobLogTest {

  private static final int FILES = 3_000;
  private static final int PART = 2_000;

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  /** A run that said of each file what it would do with it. */
  private String longRun() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    for (int i = 0; i < FILES; i++) {
      line.put("f" + i, "");
    }
    line.put("odd\nname", "content");
    String run = fixture.trigger(line.schedule(), json("dry_run", true));
    return fixture.completed(run).get("id").asString();
  }

  @Test
  void the_whole_log_can_be_had_as_a_text_file() {
    String run = longRun();

    Answer text = admin.get("/ui/jobs/" + run + "/log.txt").expect(200);

    assertThat(text.header("Content-Type")).hasValue("text/plain;charset=utf-8");
    assertThat(text.header("Content-Disposition").orElse("")).contains("attachment", ".txt");
    List<String> lines = text.text().lines().toList();
    assertThat(lines)
        .hasSizeGreaterThan(FILES)
        .allMatch(line -> line.matches("2[0-9]{3}-[0-9]{2}-[0-9T:.-]+Z (INFO|WARNING|ERROR) .+"));
    TestClient user = server.newUser("log@lab.example");
    assertThat(user.get("/ui/jobs/" + run + "/log.txt").status()).isEqualTo(404);
  }

  @Test
  void a_part_of_the_log_says_where_the_next_one_is() {
    String run = longRun();

    Answer first = admin.get("/api/runs/" + run + "/log?limit=" + PART).expect(200);
    assertThat(first.json().size()).isEqualTo(PART);
    String next = first.header("Link").orElseThrow();
    assertThat(next).endsWith(">; rel=\"next\"");

    Answer second = admin.get(next.substring(1, next.indexOf('>'))).expect(200);
    assertThat(second.header("Link")).isEmpty();
    assertThat(second.json().size()).isGreaterThan(FILES - PART);
    assertThat(second.json().get(0).get("number").asLong())
        .isGreaterThan(first.json().get(PART - 1).get("number").asLong());
    assertThat(admin.get("/api/runs/" + run + "/log?limit=5001").status()).isEqualTo(422);
  }
}
