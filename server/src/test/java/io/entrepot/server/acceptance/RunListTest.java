// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The list of runs is read part by part. */
class RunListTest {

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();
  private final List<String> newestFirst = new ArrayList<>();
  private String instrument = "";

  @BeforeEach
  void harvest() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    instrument = line.instrument();
    for (int run = 0; run < 5; run++) {
      newestFirst.addFirst(fixture.harvest(line).get("id").asString());
    }
  }

  @Test
  void each_part_leads_to_the_next_and_the_last_one_to_none() {
    assertThat(byLink(admin, "/api/runs?limit=2&instrument_id=" + instrument))
        .isEqualTo(newestFirst);
  }

  @Test
  void a_user_reads_the_runs_that_he_may_see_in_the_same_way() {
    TestClient user = server.newUser("parts-of-runs@lab.example");
    String id = user.get("/api/me").expect(200).json().get("id").asString();
    admin
        .post("/api/instruments/" + instrument + "/access", "{\"user_id\": \"" + id + "\"}")
        .expect(201);

    assertThat(byLink(user, "/api/runs?limit=2")).isEqualTo(newestFirst);
  }

  @Test
  void a_list_that_ends_with_its_part_leads_nowhere() {
    Answer whole = admin.get("/api/runs?limit=5&instrument_id=" + instrument).expect(200);

    assertThat(ids(whole)).isEqualTo(newestFirst);
    assertThat(whole.header("Link")).isEmpty();
    assertThat(admin.get("/api/runs?cursor=seven").status()).isEqualTo(422);
  }

  private static List<String> byLink(TestClient client, String list) {
    List<String> found = new ArrayList<>();
    Optional<String> path = Optional.of(list);
    while (path.isPresent()) {
      Answer part = client.get(path.get()).expect(200);
      assertThat(ids(part)).hasSizeBetween(1, 2);
      found.addAll(ids(part));
      path = part.header("Link").map(link -> link.substring(1, link.indexOf('>')));
    }
    return found;
  }

  private static List<String> ids(Answer answer) {
    List<String> ids = new ArrayList<>();
    answer.json().forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }
}
