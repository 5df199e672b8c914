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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/** The two long bare lists, read part by part in each of the ways there are. */
class ListChecksTest {

  private static final int FILES = 7;

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  @Test
  void files_are_walked_by_skip_by_cursor_and_by_link() {
    Line line = harvested(FILES);

    walksAgree("/api/files", "instrument_id=" + line.instrument());
  }

  @Test
  void transfers_are_walked_by_skip_by_cursor_and_by_link() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    put(line, FILES);
    String run = fixture.harvest(line).get("id").asString();

    walksAgree("/api/transfers", "status=completed&run_id=" + run);
  }

  @Test
  void the_total_is_of_what_the_filter_finds_and_of_what_the_asker_may_see() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = harvested(3);
    String file = fixture.file(line, "0.dat").get("id").asString();
    TestClient nobody = server.newUser("walker@lab.example");

    assertThat(total(admin.get("/api/transfers?file_id=" + file))).isEqualTo(1);
    assertThat(total(admin.get("/api/transfers?status=failed&file_id=" + file))).isZero();
    assertThat(total(nobody.get("/api/transfers?file_id=" + file))).isZero();
    assertThat(total(nobody.get("/api/files?instrument_id=" + line.instrument()))).isZero();
  }

  @Test
  void lists_of_the_backup_api_are_sorted_as_asked_for() {
    TestClient owner = server.newUser("sorter@lab.example");
    owner.post("/api/keys", "{\"name\":\"b\",\"expires_at\":\"2099-01-01T00:00:00Z\"}").expect(201);
    owner.post("/api/keys", "{\"name\":\"a\"}").expect(201);
    owner.post("/api/keys", "{\"name\":\"b\"}").expect(201);

    assertThat(names(owner, "/api/keys")).containsExactly("b", "a", "b");
    assertThat(names(owner, "/api/keys?sort=name")).containsExactly("a", "b", "b");
    assertThat(names(owner, "/api/keys?sort=-name,-created_at&limit=2")).containsExactly("b", "b");
    assertThat(names(owner, "/api/keys?sort=-expires_at,name")).containsExactly("b", "a", "b");
    assertThat(names(owner, "/api/keys?sort=expires_at,name")).containsExactly("b", "a", "b");
    assertThat(owner.get("/api/auth/sessions?sort=expires_at").status()).isEqualTo(200);
    List<JsonNode> oldest = audit("/api/audit?sort=time&limit=2");
    assertThat(oldest.getFirst().get("time").asString())
        .isLessThanOrEqualTo(oldest.getLast().get("time").asString());
    assertThat(audit("/api/audit?limit=1").getFirst().get("id"))
        .isEqualTo(audit("/api/audit?sort=-time&limit=1").getFirst().get("id"));
    assertThat(admin.get("/api/notification-configs?sort=-name,id").status()).isEqualTo(200);
  }

  private List<JsonNode> audit(String path) {
    return admin.get(path).expect(200).json().get("data").valueStream().toList();
  }

  private static List<String> names(TestClient client, String path) {
    return client
        .get(path)
        .expect(200)
        .json()
        .get("data")
        .valueStream()
        .map(key -> key.get("name").asString())
        .toList();
  }

  @Test
  void an_order_that_a_list_does_not_have_is_refused_with_those_that_it_has() {
    for (String path :
        List.of(
            "/api/keys?sort=scope",
            "/api/keys?sort=name,",
            "/api/keys?sort=name,-name",
            "/api/keys?sort=--name",
            "/api/auth/sessions?sort=name",
            "/api/audit?sort=action",
            "/api/notification-configs?sort=events")) {
      Answer refused = admin.get(path).expect(400);
      assertThat(refused.json().at("/error/code").asString()).isEqualTo("INVALID_PARAMETER");
      assertThat(refused.json().at("/error/details/sort/0").asString()).contains("This is one of");
    }
  }

  @Test
  void a_part_of_more_than_a_thousand_is_refused() {
    for (String path : List.of("/api/files", "/api/transfers")) {
      admin.get(path + "?limit=1000").expect(200);
      assertThat(admin.get(path + "?limit=1001").expect(422).text()).contains("1000");
      admin.get(path + "?limit=0").expect(422);
      admin.get(path + "?skip=-1").expect(422);
      admin.get(path + "?cursor=here").expect(422);
    }
  }

  private Line harvested(int count) {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    put(line, count);
    fixture.harvest(line);
    return line;
  }

  private static void put(Line line, int count) {
    for (int i = 0; i < count; i++) {
      line.put(i + ".dat", "content of " + i);
    }
  }

  private void walksAgree(String path, String filter) {
    String list = path + "?" + filter;
    Answer whole = admin.get(list).expect(200);
    List<String> all = ids(whole);
    assertThat(all).hasSize(FILES).doesNotHaveDuplicates();
    assertThat(total(whole)).isEqualTo(FILES);
    assertThat(next(whole)).isEmpty();

    for (int limit : List.of(1, 3, FILES, FILES + 1)) {
      assertThat(bySkip(list, limit)).as("skip, %s at a time", limit).isEqualTo(all);
      assertThat(byCursor(list, limit)).as("cursor, %s at a time", limit).isEqualTo(all);
      assertThat(byLink(list, limit)).as("Link, %s at a time", limit).isEqualTo(all);
    }
  }

  private List<String> bySkip(String list, int limit) {
    List<String> found = new ArrayList<>();
    for (int skip = 0; skip < FILES; skip += limit) {
      Answer part = admin.get(list + "&limit=" + limit + "&skip=" + skip).expect(200);
      assertThat(total(part)).isEqualTo(FILES);
      found.addAll(ids(part));
    }
    return found;
  }

  private List<String> byCursor(String list, int limit) {
    List<String> found = new ArrayList<>();
    List<String> part = ids(admin.get(list + "&limit=" + limit).expect(200));
    while (!part.isEmpty()) {
      found.addAll(part);
      Answer answer = admin.get(list + "&limit=" + limit + "&cursor=" + part.getLast()).expect(200);
      assertThat(total(answer)).isEqualTo(FILES);
      part = ids(answer);
    }
    return found;
  }

  /** Follows what the server says, and expects that it sends nobody to an empty part. */
  private List<String> byLink(String list, int limit) {
    List<String> found = new ArrayList<>();
    Optional<String> path = Optional.of(list + "&limit=" + limit);
    while (path.isPresent()) {
      Answer answer = admin.get(path.get()).expect(200);
      assertThat(total(answer)).isEqualTo(FILES);
      assertThat(ids(answer)).isNotEmpty();
      found.addAll(ids(answer));
      path = next(answer);
    }
    return found;
  }

  private static Optional<String> next(Answer answer) {
    return answer
        .header("Link")
        .map(
            link -> {
              assertThat(link).matches("<[^>]+>; rel=\"next\"");
              return link.substring(1, link.indexOf('>'));
            });
  }

  private static long total(Answer answer) {
    return Long.parseLong(answer.header("X-Total-Count").orElse("-1"));
  }

  private static List<String> ids(Answer answer) {
    List<String> ids = new ArrayList<>();
    answer.json().forEach(item -> ids.add(item.get("id").asString()));
    return ids;
  }
}
