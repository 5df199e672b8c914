// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.net.http.HttpRequest;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import tools.jackson.databind.JsonNode;

/**
 * Every address of one thing that anybody who is signed in may call, called for a real one by whose
 * it is, by an administrator and by somebody else. To the last there is no such thing, and the
 * answer is the same as for one that nobody has. Forms of pages are left out: they ask the same
 * services, and want a page loaded before them.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoSeesWhatTest {

  private static final int NO_SUCH_THING = 404;
  private static final int FIRST_REFUSAL = 400;
  private static final int SHORT = 24;

  /** Whether it is there for an administrator too, whose it is not. */
  private enum Administrators {
    SEE_IT,
    DO_NOT
  }

  /**
   * @param thing what the variable of the path names
   * @param body of a call that needs one
   */
  private record Row(
      String call, String thing, Administrators administrators, Optional<String> body) {

    String method() {
      return call.substring(0, call.indexOf(' '));
    }

    String path(String id) {
      String path = call.substring(call.indexOf(' ') + 1);
      return path.replaceFirst("\\{(id|uid|name)}", id)
          .replace("{naan}", "99999")
          .replace("{number}", "1");
    }
  }

  private static Row row(String call, String thing, Administrators administrators) {
    return new Row(call, thing, administrators, Optional.empty());
  }

  /** Those that look at a thing stand before those that end it. */
  private static final List<Row> ROWS =
      List.of(
          row("GET /api/files/{id}", "file", Administrators.SEE_IT),
          row("GET /api/files/{id}/content", "file", Administrators.SEE_IT),
          row("GET /api/files/{id}/versions", "file", Administrators.SEE_IT),
          row("GET /api/files/{id}/versions/{number}/content", "file", Administrators.SEE_IT),
          row("GET /api/files/{id}/custody", "file", Administrators.SEE_IT),
          row("GET /ark:/{naan}/{name}", "ark", Administrators.SEE_IT),
          row("GET /ark:{naan}/{name}", "ark", Administrators.SEE_IT),
          row("GET /ui/files/{id}", "file", Administrators.SEE_IT),
          row("GET /ui/files/{id}/versions", "file", Administrators.SEE_IT),
          row("GET /api/transfers/{id}", "transfer", Administrators.SEE_IT),
          row("GET /api/runs/{id}", "run", Administrators.SEE_IT),
          row("GET /api/runs/{id}/events", "run", Administrators.SEE_IT),
          row("GET /api/runs/{id}/log", "run", Administrators.SEE_IT),
          row("GET /ui/jobs/{id}", "run", Administrators.SEE_IT),
          row("GET /ui/jobs/{id}/events", "run", Administrators.SEE_IT),
          row("GET /ui/jobs/{id}/log.txt", "run", Administrators.SEE_IT),
          row("GET /api/instrument-requests/{id}", "request", Administrators.SEE_IT),
          row("GET /ui/instrument-requests/{id}", "request", Administrators.SEE_IT),
          row("GET /api/keys/{id}", "key", Administrators.SEE_IT),
          new Row(
              "PATCH /api/keys/{id}",
              "key",
              Administrators.SEE_IT,
              Optional.of("{\"name\": \"another\"}")),
          row("GET /ui/keys/{id}", "key", Administrators.SEE_IT),
          row("GET /ui/keys/{id}/revoke", "key", Administrators.SEE_IT),
          row("DELETE /api/keys/{id}", "key", Administrators.SEE_IT),
          row("DELETE /api/me/api-keys/{id}", "key", Administrators.DO_NOT),
          row("GET /api/v1/auth/local/api-tokens/{uid}/check", "token", Administrators.SEE_IT),
          row("DELETE /api/v1/auth/local/api-tokens/{uid}", "token", Administrators.SEE_IT),
          row("DELETE /api/auth/sessions/{id}", "session", Administrators.SEE_IT),
          row("POST /api/notifications/{id}/read", "notice", Administrators.DO_NOT),
          row("POST /api/notifications/{id}/dismiss", "notice", Administrators.DO_NOT));

  private static final TestServer SERVER = TestServer.shared();
  private static final JsonNode DESCRIPTION =
      SERVER.anonymous().get("/openapi.json").expect(200).json().get("paths");

  private static final Set<String> PAGE_QUERIES =
      Set.of("after", "before", "cursor", "everybody", "instrument", "q", "show");
  private static final String INSTRUMENT = "/instrument_id";

  private final TestClient admin = SERVER.admin();
  private final TestClient owner = SERVER.newUser("owner@lab.example");
  private final TestClient stranger = SERVER.newUser("stranger@lab.example");
  private final Map<String, String> harvested = new HashMap<>();

  @BeforeAll
  void somebody_has_one_of_each(@TempDir Path folder) throws IOException {
    HarvestFixture fixture = new HarvestFixture(SERVER, folder);
    Line line = fixture.line();
    line.put("a.dat", "a");
    String me = owner.get("/users/me").json().get("id").asString();
    admin
        .post(
            "/api/instruments/" + line.instrument() + "/access",
            "{\"user_id\": \"%s\"}".formatted(me))
        .expect(201);
    harvested.put("run", fixture.harvest(line).get("id").asString());
    harvested.put("file", fixture.file(line, "a.dat").get("id").asString());
    harvested.put("transfer", fixture.transfer(line, "a.dat").get("id").asString());
    String ark = fixture.file(line, "a.dat").get("persistent_id").asString();
    harvested.put("ark", ark.substring(ark.lastIndexOf('/') + 1));
  }

  /** One that is its owner's alone is made anew, for the call may end it. */
  private String make(String thing) {
    return switch (thing) {
      case "key" ->
          made(owner.post("/api/keys", "{\"name\": \"k\", \"scope\": \"operate\"}"), "/data/id");
      case "token" -> token();
      case "request" -> request();
      case "notice" -> {
        admin
            .patch("/api/instrument-requests/" + request(), "{\"status\": \"approved\"}")
            .expect(200);
        yield made(owner.get("/api/notifications"), "/0/id");
      }
      case "session" -> {
        owner.signIn("owner@lab.example", "a password of owner@lab.example");
        yield owner
            .get("/api/auth/sessions")
            .json()
            .get("data")
            .valueStream()
            .filter(session -> !session.get("current").asBoolean())
            .findFirst()
            .orElseThrow()
            .get("id")
            .asString();
      }
      default -> harvested.get(thing);
    };
  }

  /** Nobody has two at once. */
  private String token() {
    String tokens = "/api/v1/auth/local/api-tokens";
    for (JsonNode earlier : owner.get(tokens).expect(200).json()) {
      owner.delete(tokens + "/" + earlier.get("api_key_uid").asString());
    }
    return made(owner.post(tokens, "{\"name\": \"t\"}"), "/api_key_uid");
  }

  private String request() {
    String wish =
        """
        {"name": "NMR 4", "location": "B12", "harvest_frequency": "daily",
         "justification": "our group measures on it"}""";
    return made(owner.post("/api/instrument-requests", wish), "/id");
  }

  private static String made(Answer answer, String at) {
    assertThat(answer.status()).as(answer.text()).isLessThan(FIRST_REFUSAL);
    assertThat(answer.json().at(at).asString()).as(answer.text()).isNotEmpty();
    return answer.json().at(at).asString();
  }

  @Test
  void a_thing_is_there_for_whose_it_is_and_for_nobody_else() {
    List<String> wrong = new ArrayList<>();
    for (Row row : ROWS) {
      String id = make(row.thing());
      Answer none = call(stranger, row, unlike(id));
      Answer theirs = call(stranger, row, id);
      Answer ours = row.administrators() == Administrators.DO_NOT ? call(admin, row, id) : null;
      Answer own = call(owner, row, id);
      if (none.status() != NO_SUCH_THING) {
        wrong.add(row.call() + " for nobody's gave " + none.status());
      }
      if (theirs.status() != NO_SUCH_THING
          || !theirs.text().replace(id, unlike(id)).equals(none.text())) {
        wrong.add(row.call() + " for another's gave " + theirs.status() + ": " + theirs.text());
      }
      if (ours != null && ours.status() != NO_SUCH_THING) {
        wrong.add(row.call() + " for an administrator gave " + ours.status());
      }
      if (own.status() >= FIRST_REFUSAL) {
        wrong.add(
            row.call()
                + " for its owner gave "
                + own.status()
                + ": "
                + own.text().lines().findFirst().orElse(""));
      }
      if (row.administrators() == Administrators.SEE_IT) {
        int seen = call(admin, row, make(row.thing())).status();
        if (seen >= FIRST_REFUSAL) {
          wrong.add(row.call() + " for an administrator gave " + seen);
        }
      }
    }
    assertThat(wrong).isEmpty();
    DrillSize.tell(
        "%d addresses of a thing show it to whose it is and to nobody else", ROWS.size());
  }

  /** Each query of each list, with the id of something that somebody else has. */
  @Test
  void an_id_in_a_query_finds_what_an_id_of_nothing_finds() {
    List<String> wrong = new ArrayList<>();
    int asked = 0;
    harvested.put("instrument", made(admin.get("/api/runs/" + harvested.get("run")), INSTRUMENT));
    harvested.put("account", made(owner.get("/users/me"), "/id"));
    for (String list : lists()) {
      for (String name : queries(list)) {
        for (Map.Entry<String, String> thing : harvested.entrySet()) {
          String id = thing.getValue();
          Answer theirs = stranger.get(list + "?" + name + "=" + id);
          Answer none = stranger.get(list + "?" + name + "=" + unlike(id));
          asked++;
          if (theirs.status() != none.status()
              || !withoutToken(theirs).replace(id, unlike(id)).equals(withoutToken(none))) {
            wrong.add(
                "%s?%s= the %s of another gave %s, and of nobody %s"
                    .formatted(list, name, thing.getKey(), theirs.text(), none.text()));
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(asked).isGreaterThan(50);
    DrillSize.tell("%d queries for things of others found nothing", asked);
  }

  private static List<String> lists() {
    return Declared.all().stream()
        .filter(endpoint -> endpoint.method().equals("GET") && !endpoint.path().contains("{}"))
        .filter(e -> e.access() == Access.SIGNED_IN || e.access() == Access.LOGIN)
        .map(Declared.Endpoint::path)
        .filter(
            path ->
                !path.startsWith("/ui") || path.equals("/ui/files") || DrillSize.of(0, 1, 1) > 0)
        .toList();
  }

  /** The token of a page's forms is another one each time. */
  private static String withoutToken(Answer answer) {
    return answer.text().replaceAll("[\\w-]{90,}", "");
  }

  /** What the description names, or what our own pages send. */
  private static Set<String> queries(String list) {
    Set<String> names = new TreeSet<>(list.startsWith("/ui") ? PAGE_QUERIES : Set.of("cursor"));
    DESCRIPTION
        .path(list)
        .path("get")
        .path("parameters")
        .forEach(parameter -> names.add(parameter.get("name").asString()));
    return names;
  }

  @Test
  void an_answer_is_kept_for_whoever_asked_and_for_nobody_else() {
    String body = "{\"name\": \"kept\", \"scope\": \"read\"}";
    Answer first = keyed(owner, "/api/keys", body).expect(201);
    Answer again = keyed(owner, "/api/keys", body).expect(201);
    Answer theirs = keyed(stranger, "/api/keys", body).expect(201);

    assertThat(again.text()).isEqualTo(first.text());
    assertThat(theirs.header("Idempotent-Replayed")).isEmpty();
    assertThat(theirs.json().at("/data/key")).isNotEqualTo(first.json().at("/data/key"));
  }

  private static Answer keyed(TestClient client, String path, String body) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/json")
            .header("Idempotency-Key", "the same for both")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build());
  }

  private static Answer call(TestClient caller, Row row, String id) {
    return caller.send(row.method(), row.path(id), row.body());
  }

  /** An id of the same kind that nobody has. */
  private static String unlike(String id) {
    // The last places of a UUID are always zero here.
    int place = id.length() > SHORT ? id.length() - 8 : id.length() - 1;
    char other = id.charAt(place) == '2' ? '3' : '2';
    return id.substring(0, place) + other + id.substring(place + 1);
  }

  @Test
  void no_address_of_a_thing_that_is_somebodys_is_left_out() {
    Set<String> open = new TreeSet<>();
    for (RequestMappingHandlerMapping mapping : SERVER.parts(RequestMappingHandlerMapping.class)) {
      mapping
          .getHandlerMethods()
          .keySet()
          .forEach(
              endpoint ->
                  endpoint
                      .getPatternValues()
                      .forEach(
                          path ->
                              endpoint
                                  .getMethodsCondition()
                                  .getMethods()
                                  .forEach(method -> open.add(method.name() + " " + path))));
    }
    open.removeIf(call -> call.startsWith("POST /ui/"));
    open.removeIf(call -> !call.contains("{") || !isForAnybodySignedIn(call));

    assertThat(ROWS.stream().map(Row::call).collect(Collectors.toSet())).containsAll(open);
  }

  private static boolean isForAnybodySignedIn(String call) {
    String method = call.substring(0, call.indexOf(' '));
    String path =
        call.substring(call.indexOf(' ') + 1)
            .replaceAll("\\{\\w+:(\\w+)[^}]*}", "$1")
            .replaceAll("\\{[^}]*}", "x");
    return Endpoints.find(method, path)
        .filter(row -> row.access() == Access.SIGNED_IN || row.access() == Access.LOGIN)
        .isPresent();
  }
}
