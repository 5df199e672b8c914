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
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import tools.jackson.databind.JsonNode;

/**
 * Every address of one thing that anybody who is signed in may call, called for a real one by those
 * it is there for, as {@code who-may-call.txt} declares it, and by somebody else. To the last there
 * is no such thing, and the answer is the same as for one that nobody has. Each with every kind of
 * credential; a form of a page as the browser sends it.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class WhoSeesWhatTest {

  private static final int NO_SUCH_THING = 404;
  private static final int FIRST_REFUSAL = 400;
  private static final int SHORT = 24;

  /** What of a credential decides about a call of a list that is for logins only. */
  private enum Kind {
    JWT,
    COOKIE,
    KEY,
    LOCAL_TOKEN;

    boolean isLogin() {
      return this == JWT || this == COOKIE;
    }
  }

  /** Calls that need more than their address. */
  private static final Map<String, String> BODIES =
      Map.of("PATCH /api/keys/{}", "{\"name\": \"another\"}", "POST /ui/keys/{}", "name=another");

  /** By no key but the one that it ends. */
  private static final String ENDS_A_TOKEN = "DELETE /api/v1/auth/local/api-tokens/{}";

  /** Those that look at a thing stand before those that end it. */
  private static final List<Declared.Endpoint> ROWS =
      Declared.all().stream().filter(row -> row.of().isPresent()).toList();

  private static final TestServer SERVER = TestServer.shared();
  private static final JsonNode DESCRIPTION =
      SERVER.anonymous().get("/openapi.json").expect(200).json().get("paths");

  private static final Set<String> PAGE_QUERIES =
      Set.of("after", "before", "cursor", "everybody", "instrument", "q", "show");
  private static final String INSTRUMENT = "/instrument_id";
  private static final String TOKENS = "/api/v1/auth/local/api-tokens";

  private static final String OWNER = "owner@lab.example";
  private static final String BOSS = "boss@sees-what.example";
  private static final String STRANGER = "stranger@lab.example";

  private final TestClient admin = SERVER.admin();
  private final TestClient owner = SERVER.newUser(OWNER);
  private final TestClient stranger = SERVER.newUser(STRANGER);

  /** Of whom in which way: what is sent. */
  private final Map<String, Map<Kind, Map<String, String>>> shown = new HashMap<>();

  /** To whom its file was shared, by which way. */
  private final Map<String, TestClient> sharers = new HashMap<>();

  private Map<String, String> form = Map.of();
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
    form = Callers.form(SERVER.anonymous());
    shown.put(OWNER, credentials(OWNER, owner, "a password of " + OWNER, "operate"));
    shown.put(STRANGER, credentials(STRANGER, stranger, "a password of " + STRANGER, "operate"));
    String password = "a password of " + BOSS;
    String boss = "{\"email\":\"%s\",\"password\":\"%s\",\"role\":\"admin\"}";
    admin.post("/auth/register", boss.formatted(BOSS, password)).expect(201);
    TestClient another = SERVER.withToken(SERVER.anonymous().signIn(BOSS, password));
    shown.put(BOSS, credentials(BOSS, another, password, "admin"));
    shareTheFile();
  }

  private Map<Kind, Map<String, String>> credentials(
      String email, TestClient client, String password, String scope) {
    String in = "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(email, password);
    String cookie =
        SERVER.anonymous().post("/api/auth/login", in).header("Set-Cookie").orElseThrow();
    String wish = "{\"name\": \"kinds\", \"scope\": \"%s\"}".formatted(scope);
    Map<Kind, Map<String, String>> kinds = new EnumMap<>(Kind.class);
    kinds.put(Kind.JWT, bearer(SERVER.anonymous().signIn(email, password)));
    kinds.put(Kind.COOKIE, Map.of("Cookie", cookie.split(";", 2)[0]));
    kinds.put(Kind.KEY, bearer(made(client.post("/api/keys", wish), "/data/key")));
    Answer token = client.post(TOKENS, "{\"name\": \"t\"}");
    kinds.put(Kind.LOCAL_TOKEN, bearer(made(token, "/api_token")));
    return kinds;
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  /** With a group, with a project, and with a project by way of a group in it. */
  private void shareTheFile() {
    String group = team("groups");
    String project = team("projects");
    String groupInProject = team("groups");
    share("group", group);
    share("project", project);
    admin
        .post("/api/projects/" + project + "/members", member("group", groupInProject))
        .expect(201);
    sharers.put("a group", memberOf("/api/groups/" + group, "{\"user_id\": \"%s\"}"));
    sharers.put("a project", memberOf("/api/projects/" + project, member("user", "%s")));
    sharers.put(
        "a group of a project", memberOf("/api/groups/" + groupInProject, "{\"user_id\": \"%s\"}"));
  }

  private String team(String kind) {
    String name = "sees what " + harvested.size() + kind + System.identityHashCode(new Object());
    return made(admin.post("/api/" + kind, "{\"name\": \"%s\"}".formatted(name)), "/id");
  }

  private void share(String type, String with) {
    String grant = "{\"grantee_type\": \"%s\", \"grantee_id\": \"%s\"}".formatted(type, with);
    admin.post("/api/files/" + harvested.get("file") + "/access", grant).expect(201);
  }

  private static String member(String type, String id) {
    return "{\"member_type\": \"%s\", \"member_id\": \"%s\"}".formatted(type, id);
  }

  private TestClient memberOf(String team, String member) {
    TestClient person = SERVER.newUser("sharer" + sharers.size() + "@sees-what.example");
    String id = person.get("/users/me").json().get("id").asString();
    admin.post(team + "/members", member.formatted(id)).expect(201);
    return person;
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
        String token = owner.signIn(OWNER, "a password of " + OWNER);
        yield SERVER
            .withToken(token)
            .get("/api/auth/sessions")
            .json()
            .get("data")
            .valueStream()
            .filter(session -> session.get("current").asBoolean())
            .findFirst()
            .orElseThrow()
            .get("id")
            .asString();
      }
      default -> harvested.get(thing);
    };
  }

  /** Nobody has two at once, so the one before is no credential any more. */
  private String token() {
    for (JsonNode earlier : owner.get(TOKENS).expect(200).json()) {
      owner.delete(TOKENS + "/" + earlier.get("api_key_uid").asString());
    }
    Answer token = owner.post(TOKENS, "{\"name\": \"t\"}");
    shown.get(OWNER).put(Kind.LOCAL_TOKEN, bearer(made(token, "/api_token")));
    return made(token, "/api_key_uid");
  }

  /** Nobody has many that wait, so those before are decided. */
  private String request() {
    for (JsonNode earlier : owner.get("/api/instrument-requests").expect(200).json().at("/items")) {
      if (earlier.get("status").asString().equals("pending")) {
        String address = "/api/instrument-requests/" + earlier.get("id").asString();
        admin.patch(address, "{\"status\": \"rejected\"}").expect(200);
      }
    }
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

  @ParameterizedTest
  @EnumSource
  void a_thing_is_there_for_whose_it_is_and_for_nobody_else(Kind kind) {
    List<String> wrong = new ArrayList<>();
    for (Declared.Endpoint row : ROWS) {
      boolean loginsOnly = row.access() == Access.LOGIN || row.call().equals(ENDS_A_TOKEN);
      if (loginsOnly && !kind.isLogin()) {
        continue;
      }
      Declared.Ownership of = row.of().orElseThrow();
      String id = make(of.thing());
      Answer none = call(STRANGER, kind, row, unlike(id));
      Answer theirs = call(STRANGER, kind, row, id);
      if (none.status() != NO_SUCH_THING) {
        wrong.add(row.call() + " for nobody's gave " + none.status());
      }
      if (theirs.status() != NO_SUCH_THING
          || !withoutToken(theirs).replace(id, unlike(id)).equals(withoutToken(none))) {
        wrong.add(row.call() + " for another's gave " + theirs.status() + ": " + theirs.text());
      }
      if (of.whose() == Declared.Whose.PRIVATE) {
        int ours = call(BOSS, kind, row, id).status();
        if (ours != NO_SUCH_THING) {
          wrong.add(row.call() + " for an administrator gave " + ours);
        }
      }
      mustBeThere(row, "its owner", call(OWNER, kind, row, id), wrong);
      if (of.whose() != Declared.Whose.PRIVATE) {
        String another = make(of.thing());
        Answer ours = call(BOSS, kind, row, another);
        mustBeThere(row, "an administrator", ours, wrong);
      }
    }
    assertThat(wrong).isEmpty();
    DrillSize.tell(
        "%d addresses of a thing show it to whose it is and to nobody else, by %s",
        ROWS.size(), kind);
  }

  private static void mustBeThere(
      Declared.Endpoint row, String whom, Answer answer, List<String> wrong) {
    if (answer.status() >= FIRST_REFUSAL) {
      String text = answer.text().lines().findFirst().orElse("");
      wrong.add(row.call() + " for " + whom + " gave " + answer.status() + ": " + text);
    }
  }

  /** A run is not shared with its files. */
  @Test
  void what_was_shared_with_a_group_or_a_project_is_there_for_those_in_it() {
    List<String> wrong = new ArrayList<>();
    for (Declared.Endpoint row : ROWS) {
      Declared.Ownership of = row.of().orElseThrow();
      if (of.whose() == Declared.Whose.OWN || of.whose() == Declared.Whose.PRIVATE) {
        continue;
      }
      int wanted = of.whose() == Declared.Whose.SHARED ? 200 : NO_SUCH_THING;
      sharers.forEach(
          (way, sharer) -> {
            int status = sharer.get(row.with(harvested.get(of.thing()))).status();
            if (status != wanted) {
              wrong.add(row.call() + " through " + way + " gave " + status);
            }
          });
    }
    assertThat(wrong).isEmpty();
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
        .filter(Declared.Endpoint::isForAnybodySignedIn)
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

  private Answer call(String who, Kind kind, Declared.Endpoint row, String id) {
    Map<String, String> headers = new HashMap<>(shown.get(who).get(kind));
    boolean page = row.path().startsWith("/ui/");
    if (page) {
      form.forEach((name, value) -> headers.merge(name, value, (ours, its) -> ours + "; " + its));
    }
    headers.put("Content-Type", page ? "application/x-www-form-urlencoded" : "application/json");
    HttpRequest.Builder request =
        SERVER
            .anonymous()
            .request(row.with(id))
            .method(
                row.method(),
                HttpRequest.BodyPublishers.ofString(BODIES.getOrDefault(row.call(), "")));
    headers.forEach(request::header);
    return SERVER.anonymous().send(request.build());
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
    assertThat(Declared.all().stream().filter(Declared.Endpoint::isOfOneThing))
        .hasSizeGreaterThan(30)
        .hasSameElementsAs(ROWS);
  }
}
