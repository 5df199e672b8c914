// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.springframework.http.server.PathContainer;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;
import org.springframework.web.util.pattern.PathPattern;

class EdgeTest {

  /** Rows whose handlers are on their way. */
  private static final List<String> TO_COME =
      List.of("DELETE /api/instruments/{id}/access", "POST /api/hooks/{id}/test");

  private final TestClient anonymous = TestServer.shared().anonymous();

  private static String filledIn(String pattern) {
    return pattern.replaceAll("\\{[^}]*}", "x").replace("**", "x");
  }

  @Test
  void every_endpoint_a_controller_serves_stands_in_the_table() {
    var mappings =
        TestServer.shared().parts(RequestMappingHandlerMapping.class).stream()
            .flatMap(mapping -> mapping.getHandlerMethods().entrySet().stream())
            .filter(entry -> entry.getValue().getBeanType().getName().startsWith("io.entrepot."))
            .map(Map.Entry::getKey)
            .toList();
    List<String> missing = new ArrayList<>();
    for (var mapping : mappings) {
      for (PathPattern pattern : mapping.getPathPatternsCondition().getPatterns()) {
        for (RequestMethod method : mapping.getMethodsCondition().getMethods()) {
          Declared.plain(pattern.getPatternString())
              .filter(path -> Endpoints.find(method.name(), filledIn(path)).isEmpty())
              .forEach(path -> missing.add(method + " " + path));
        }
        boolean anyMethod = mapping.getMethodsCondition().isEmpty();
        if (anyMethod) {
          missing.add("any method of " + pattern);
        }
      }
    }
    assertThat(mappings).hasSizeGreaterThan(4);
    assertThat(missing).isEmpty();
  }

  /** Rows with a wildcard are for files of ours, which no controller serves. */
  @Test
  void every_row_of_the_table_is_served() {
    var mappings =
        TestServer.shared().parts(RequestMappingHandlerMapping.class).stream()
            .flatMap(mapping -> mapping.getHandlerMethods().keySet().stream())
            .toList();
    List<String> unserved = new ArrayList<>();
    for (Endpoint row : Endpoints.all()) {
      PathContainer path = PathContainer.parsePath(filledIn(row.path().getPatternString()));
      for (String method : row.methods()) {
        boolean served =
            row.path().getPatternString().contains("**")
                || mappings.stream()
                    .filter(m -> m.getMethodsCondition().getMethods().contains(named(method)))
                    .flatMap(m -> m.getPathPatternsCondition().getPatterns().stream())
                    .anyMatch(pattern -> pattern.matches(path));
        if (!served) {
          unserved.add(method + " " + row.path());
        }
      }
    }
    assertThat(unserved).isSubsetOf(TO_COME);
  }

  private static RequestMethod named(String method) {
    return RequestMethod.valueOf(method);
  }

  @Test
  void every_row_of_administrators_refuses_a_user_before_it_reads_what_was_sent() {
    TestClient user = TestServer.shared().newUser("curious@lab.example");
    int asked = 0;
    for (Endpoint row : Endpoints.all()) {
      if (!Set.of(Access.ADMIN, Access.ADMIN_LOGIN).contains(row.access())
          || row.family() == Family.PAGES) {
        continue;
      }
      for (String method : row.methods()) {
        Answer answer =
            user.send(
                method,
                filledIn(row.path().getPatternString()),
                method.equals("GET") ? Optional.empty() : Optional.of("{broken"));
        assertThat(answer.status()).as("%s %s", method, row.path()).isEqualTo(403);
        assertThat(said(row, answer)).isEqualTo("Admin access required");
        asked++;
      }
    }
    assertThat(asked).isGreaterThan(60);
  }

  @Test
  void every_closed_endpoint_asks_for_a_credential_first() {
    for (Endpoint row : Endpoints.all()) {
      if (row.access() == Access.PUBLIC
          || row.access() == Access.MONITOR
          || row.family() == Family.PAGES) {
        continue;
      }
      for (String method : row.methods()) {
        Answer answer =
            anonymous.send(
                method,
                filledIn(row.path().getPatternString()),
                method.equals("GET") ? Optional.empty() : Optional.of("{broken"));
        assertThat(answer.status()).as("%s %s", method, row.path()).isEqualTo(401);
        assertThat(answer.text())
            .contains(row.family() == Family.SYNC ? "no_user_logged_in" : "\"Unauthorized\"");
        assertThat(answer.header("WWW-Authenticate").isPresent())
            .isEqualTo(row.family() == Family.SYNC);
      }
    }
  }

  /** What an error says, where the family of the row says it. */
  private static String said(Endpoint row, Answer answer) {
    return answer
        .json()
        .at(row.family() == Family.BACKUP ? "/error/message" : "/detail")
        .asString();
  }

  @Test
  void a_made_up_token_is_no_token() {
    TestClient liar = TestServer.shared().withToken("eyJhbGciOiJub25lIn0.e30.");

    assertThat(liar.get("/api/files").text()).isEqualTo("{\"detail\":\"Unauthorized\"}");
    assertThat(liar.get("/api/no-such-thing").status()).isEqualTo(401);
  }

  @Test
  void what_belongs_to_no_door_is_404_with_every_familys_key() {
    Answer answer = anonymous.get("/favicon.ico");

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.json().propertyNames())
        .contains("detail", "error", "message", "status", "error_code");
  }

  @Test
  void an_open_path_asked_the_wrong_way_is_405_and_says_which_way_is_right() {
    Answer answer = anonymous.delete("/health");

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).hasValue("GET, HEAD");
    assertThat(anonymous.get("/auth/register").text())
        .isEqualTo("{\"detail\":\"Method Not Allowed\"}");
  }

  @Test
  void a_trailing_slash_is_redirected_before_any_credential_is_asked_for() {
    Answer answer = anonymous.post("/api/instruments/?a=%20b", "{}");

    assertThat(answer.status()).isEqualTo(307);
    assertThat(answer.header("location")).hasValue("/api/instruments?a=%20b");
    assertThat(anonymous.get("/api/nothing/").status()).isEqualTo(401);
  }

  @Test
  void the_path_two_families_share_is_served_with_and_without_a_slash() {
    TestClient admin = TestServer.shared().admin();

    assertThat(admin.get("/api/schedules/").status()).isEqualTo(200);
    assertThat(anonymous.get("/api/schedules/").status()).isEqualTo(401);
    assertThat(admin.post("/api/schedules/", "{}").status()).isEqualTo(422);
  }

  @Test
  void on_the_shared_path_errors_have_the_shape_of_the_family_that_was_meant() {
    TestClient admin = TestServer.shared().admin();
    String nobody = "/api/schedules/00000000-0000-8000-8000-000000000000";

    assertThat(admin.get(nobody).text()).isEqualTo("{\"detail\":\"Schedule not found\"}");
    assertThat(admin.post("/api/schedules", "{}").json().propertyNames()).containsExactly("detail");
    assertThat(anonymous.get(nobody).text()).isEqualTo("{\"detail\":\"Unauthorized\"}");
    assertThat(anonymous.get("/api/schedules?kind=harvest").text())
        .isEqualTo("{\"detail\":\"Unauthorized\"}");
    assertThat(anonymous.get("/api/schedules?kind=harvester").json().propertyNames())
        .containsExactlyInAnyOrder("detail", "status", "error");
  }

  /** Whoever asks on the shared path, by what they show. */
  enum Shown {
    NOTHING,
    JWT,
    HARVEST_COOKIE,
    BACKUP_COOKIE,
    API_KEY,
    KEY_IN_AN_OBJECT,
    MADE_UP_KEY;

    List<String> header() {
      TestServer server = TestServer.shared();
      return switch (this) {
        case NOTHING -> List.of();
        case JWT -> List.of("Authorization", "Bearer " + token());
        case HARVEST_COOKIE -> List.of("Cookie", SessionCookie.NAME + "=" + cookie(server));
        case BACKUP_COOKIE -> List.of("Cookie", SessionCookie.BACKUP_NAME + "=" + cookie(server));
        case API_KEY -> List.of("Authorization", "Bearer " + Keys.OF_ADMIN);
        case KEY_IN_AN_OBJECT -> List.of("Authorization", "ASCredentials " + base64(Keys.OF_ADMIN));
        case MADE_UP_KEY -> List.of("Authorization", "Bearer ek_" + "x".repeat(43));
      };
    }

    private static String token() {
      return TestServer.shared()
          .anonymous()
          .signIn(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
    }

    private static String cookie(TestServer server) {
      String body =
          "{\"username\":\"%s\",\"password\":\"%s\"}"
              .formatted(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
      String set =
          server.anonymous().post("/api/auth/login", body).header("Set-Cookie").orElseThrow();
      return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
    }

    private static String base64(String key) {
      String object =
          "{\"username\":\"%s\",\"api_key\":\"%s\"}".formatted(TestServer.ADMIN_EMAIL, key);
      return Base64.getEncoder().encodeToString(object.getBytes(StandardCharsets.UTF_8));
    }
  }

  private static final class Keys {
    static final String OF_ADMIN = made("");
    static final String FOR_HARVEST = made("\"harvest\"");
    static final String FOR_BACKUP = made("\"backup\"");

    private static String made(String doors) {
      return TestServer.shared()
          .admin()
          .post(
              "/api/keys",
              "{\"name\": \"shared\", \"scope\": \"admin\", \"doors\": [%s]}".formatted(doors))
          .expect(201)
          .json()
          .at("/data/key")
          .asString();
    }
  }

  /**
   * Whose a request on the shared path is; there are no schedules of the backup family yet. A word
   * for a body stands for an object that names the instrument, the repository, both or neither.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          # what is shown | asked | posted | answered
          NOTHING          | GET /api/schedules                | | 401 both
          NOTHING          | GET /api/schedules?kind=harvest   | | 401 harvest
          NOTHING          | GET /api/schedules?kind=backup    | | 401 backup
          NOTHING          | GET /api/schedules?kind=harvester | | 401 both
          NOTHING          | GET /api/schedules?x=1&kind=backup | | 401 backup
          NOTHING          | GET /api/schedules/UUID           | | 401 harvest
          NOTHING          | GET /api/schedules/17             | | 401 backup
          NOTHING          | GET /api/schedules/17x            | | 401 both
          NOTHING          | POST /api/schedules               | INSTRUMENT | 401 both
          MADE_UP_KEY      | GET /api/schedules                | | 401 backup
          JWT              | GET /api/schedules                | | 200 harvest
          JWT              | GET /api/schedules/               | | 200 harvest
          JWT              | GET /api/schedules?kind=backup    | | 404 backup
          JWT              | GET /api/schedules/UUID           | | 404 harvest
          JWT              | GET /api/schedules/17             | | 404 backup
          JWT              | GET /api/schedules/00000000       | | 404 backup
          JWT              | POST /api/schedules/17/trigger    | | 404 backup
          JWT              | GET /api/schedules/17?kind=harvest | | 404 backup
          JWT              | GET /api/schedules/%31%37         | | 404 backup
          JWT              | POST /api/schedules               | INSTRUMENT | 422 harvest
          JWT              | POST /api/schedules/              | REPOSITORY | 404 backup
          JWT              | POST /api/schedules?kind=harvest  | REPOSITORY | 404 backup
          JWT              | POST /api/schedules               | BOTH | 422 both
          JWT              | POST /api/schedules               | NEITHER | 422 harvest
          JWT              | POST /api/schedules               | BROKEN | 422 harvest
          HARVEST_COOKIE   | GET /api/schedules                | | 200 harvest
          HARVEST_COOKIE   | POST /api/schedules               | REPOSITORY | 404 backup
          HARVEST_COOKIE   | POST /api/schedules               | NEITHER | 422 harvest
          BACKUP_COOKIE    | GET /api/schedules                | | 404 backup
          BACKUP_COOKIE    | GET /api/schedules?kind=harvest   | | 200 harvest
          BACKUP_COOKIE    | GET /api/schedules/UUID           | | 404 harvest
          BACKUP_COOKIE    | POST /api/schedules               | NEITHER | 404 backup
          BACKUP_COOKIE    | POST /api/schedules               | BROKEN | 404 backup
          BACKUP_COOKIE    | POST /api/schedules               | INSTRUMENT | 422 harvest
          API_KEY          | GET /api/schedules                | | 404 backup
          API_KEY          | GET /api/schedules?kind=harvest   | | 200 harvest
          API_KEY          | GET /api/schedules/UUID           | | 404 harvest
          API_KEY          | GET /api/schedules/17             | | 404 backup
          API_KEY          | POST /api/schedules               | INSTRUMENT | 422 harvest
          API_KEY          | POST /api/schedules               | REPOSITORY | 404 backup
          API_KEY          | POST /api/schedules               | BOTH | 422 both
          API_KEY          | POST /api/schedules               | NEITHER | 404 backup
          API_KEY          | DELETE /api/schedules             | | 404 backup
          KEY_IN_AN_OBJECT | GET /api/schedules                | | 200 harvest
          KEY_IN_AN_OBJECT | POST /api/schedules               | NEITHER | 422 both
          """)
  void whose_a_request_on_the_shared_path_is_told_by_the_first_that_can(
      Shown shown, String asked, @Nullable String posted, String answered) {
    Answer answer = shared(asked, shown.header(), posted);

    assertThat(answer.status() + " " + shape(answer)).as(answer.text()).isEqualTo(answered);
  }

  private Answer shared(String asked, List<String> header, @Nullable String posted) {
    String[] words = asked.replace("UUID", "00000000-0000-8000-8000-000000000000").split(" ", 2);
    String body =
        switch (posted) {
          case "INSTRUMENT" -> "{\"instrument_id\": 7, \"repository_id\": null}";
          case "REPOSITORY" -> "{\"x\": {\"instrument_id\": 1}, \"repository_id\": 7}";
          case "BOTH" -> "{\"instrument_id\": \"x\", \"repository_id\": 7}";
          case "NEITHER" -> "{}";
          case "BROKEN" -> "{\"repository_id\": 7";
          case null, default -> "";
        };
    var request = anonymous.request(words[1]).header("Content-Type", "application/json");
    if (!header.isEmpty()) {
      request.header(header.getFirst(), header.getLast());
    }
    return anonymous.send(request.method(words[0], BodyPublishers.ofString(body)).build());
  }

  /** Which family's words they are; a list is harvest's as long as there is no other. */
  private static String shape(Answer answer) {
    Set<String> keys = Set.copyOf(answer.json().propertyNames());
    if (keys.equals(Set.of("detail")) || keys.contains("items")) {
      return "harvest";
    }
    if (keys.equals(Set.of("status", "error"))) {
      return "backup";
    }
    return keys.equals(Set.of("detail", "status", "error")) ? "both" : keys.toString();
  }

  @Test
  void a_schedule_of_an_instrument_and_of_a_repository_is_refused_by_both_names() {
    Answer answer = shared("POST /api/schedules", Shown.JWT.header(), "BOTH");

    assertThat(answer.text()).contains("instrument_id", "repository_id", "not both");
  }

  @Test
  void a_user_is_not_told_what_is_wrong_with_a_schedule_they_may_not_make() {
    TestClient user = TestServer.shared().newUser("no-schedules@lab.example");
    String both = "{\"instrument_id\": \"x\", \"repository_id\": 7}";

    assertThat(user.post("/api/schedules", both).status()).isEqualTo(403);
  }

  @Test
  void a_key_that_is_kept_to_one_door_opens_that_side_of_the_shared_path() {
    List<String> harvest = List.of("Authorization", "Bearer " + Keys.FOR_HARVEST);
    List<String> backup = List.of("Authorization", "Bearer " + Keys.FOR_BACKUP);

    assertThat(shared("GET /api/schedules?kind=harvest", harvest, null).status()).isEqualTo(200);
    assertThat(shared("POST /api/schedules", harvest, "INSTRUMENT").status()).isEqualTo(422);
    assertThat(shared("GET /api/schedules?kind=harvest", backup, null).status()).isEqualTo(403);
    assertThat(shared("POST /api/schedules", backup, "INSTRUMENT").status()).isEqualTo(403);
    assertThat(shared("POST /api/schedules", backup, "BOTH").status()).isEqualTo(403);
    assertThat(shared("POST /api/schedules", backup, "REPOSITORY").status()).isEqualTo(404);
  }

  @Test
  void empty_doors_refuse_in_their_own_shape() {
    assertThat(anonymous.get("/api/v1/workspaces").text())
        .isEqualTo("{\"error\":\"unauthorized\",\"message\":\"Unauthorized\"}");
    assertThat(anonymous.get("/api/v1/sync/sources").text())
        .isEqualTo("{\"error\":\"no_user_logged_in\",\"detail\":\"Nobody is signed in\"}");
    assertThat(anonymous.get("/api/repositories").text())
        .isEqualTo(
            "{\"status\":\"error\",\"error\":{\"code\":\"UNAUTHORIZED\","
                + "\"message\":\"Unauthorized\",\"details\":{}}}");
    assertThat(anonymous.get("/api/v3/event").text())
        .isEqualTo("{\"message\":\"Unauthorized\",\"error_code\":\"UNAUTHENTICATED\"}");
    assertThat(anonymous.get("/api/schedules").json().propertyNames())
        .containsExactlyInAnyOrder("detail", "status", "error");
    assertThat(anonymous.get("/dav/x").text()).startsWith("<?xml");
  }

  @Test
  void a_request_id_is_kept_when_it_is_usable_and_replaced_when_not() {
    var mine = anonymous.request("/health").header("X-Request-Id", "run-7.a").build();
    var theirs = anonymous.request("/health").header("X-Request-Id", "<b>\"{}").build();

    assertThat(anonymous.send(mine).header("X-Request-Id")).hasValue("run-7.a");
    assertThat(anonymous.send(theirs).header("X-Request-Id").orElseThrow()).matches("[0-9a-f]{24}");
  }

  @Test
  void a_change_asked_for_by_another_site_is_refused() {
    for (String[] header :
        new String[][] {
          {"Sec-Fetch-Site", "cross-site"},
          {"Sec-Fetch-Site", "same-site"},
          {"Origin", "https://evil.example"},
          {"Origin", "http://127.0.0.1.evil.example:" + TestServer.shared().port()},
          {"Origin", "https://127.0.0.1:" + TestServer.shared().port()},
          {"Origin", "null"},
        }) {
      var request =
          anonymous
              .request("/auth/register")
              .header(header[0], header[1])
              .header("Content-Type", "application/json")
              .POST(BodyPublishers.ofString("{}"))
              .build();
      Answer answer = anonymous.send(request);
      assertThat(answer.status()).as(String.join(": ", header)).isEqualTo(403);
      assertThat(answer.json().propertyNames()).containsExactly("detail");
    }
  }

  @Test
  void a_test_of_a_place_that_another_site_asks_for_is_refused_and_looking_is_not() {
    for (String place : List.of("/api/instruments/x", "/api/storage-locations/x")) {
      for (String method : List.of("GET", "HEAD")) {
        for (String site : List.of("cross-site", "same-origin")) {
          int test = site.equals("cross-site") ? 403 : 401;
          assertThat(statusFrom(site, method, place + "/test")).isEqualTo(test);
          assertThat(statusFrom(site, method, place)).isEqualTo(401);
        }
      }
    }
  }

  private int statusFrom(String site, String method, String path) {
    return anonymous
        .send(
            anonymous
                .request(path)
                .header("Sec-Fetch-Site", site)
                .method(method, BodyPublishers.noBody())
                .build())
        .status();
  }

  @Test
  void a_change_asked_for_by_our_own_page_is_let_through() {
    var request =
        anonymous
            .request("/auth/register")
            .header("Origin", TestServer.shared().address().toString())
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{}"))
            .build();

    assertThat(anonymous.send(request).status()).isNotEqualTo(403);
  }

  @Test
  void an_api_takes_no_form() {
    for (String type :
        List.of(
            "application/x-www-form-urlencoded",
            "text/plain; charset=utf-8",
            "multipart/form-data; boundary=x")) {
      var request =
          anonymous
              .request("/auth/register")
              .header("Content-Type", type)
              .POST(BodyPublishers.ofString("{}"))
              .build();
      Answer answer = anonymous.send(request);
      assertThat(answer.status()).as(type).isEqualTo(415);
      assertThat(answer.text()).contains("application/json");
    }
  }

  @Test
  void a_body_larger_than_any_use_is_413_with_and_without_a_stated_length() {
    byte[] body = new byte[(int) BodyLimits.USUAL + 1];
    var stated =
        anonymous
            .request("/auth/register")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofByteArray(body))
            .build();

    assertThat(anonymous.send(stated).status()).isEqualTo(413);
  }

  @Test
  void answers_carry_the_headers_that_keep_browsers_careful() {
    Answer api = anonymous.get("/api/files");
    assertThat(api.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(api.header("Cache-Control").orElse("")).contains("no-store");
    assertThat(api.header("Content-Security-Policy").orElse("")).contains("default-src 'none'");

    Answer page = anonymous.get("/ui/");
    assertThat(page.status()).isEqualTo(303);
    assertThat(page.header("Location")).hasValue("/ui/login?next=%2Fui%2F");
    assertThat(page.header("Content-Security-Policy").orElse(""))
        .contains("script-src 'self'")
        .doesNotContain("unsafe");
  }

  @Test
  void a_page_form_without_its_token_is_refused() {
    var request =
        anonymous
            .request("/ui/login")
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString("username=a&password=b"))
            .build();
    Answer answer = anonymous.send(request);

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).startsWith("<!doctype html>").contains("too old");
  }

  @Test
  void a_page_form_in_parts_that_are_none_is_the_callers_fault() {
    var request =
        anonymous
            .request("/ui/login")
            .header("Content-Type", "multipart/form-data; boundary=x")
            .POST(BodyPublishers.ofString("no part"))
            .build();

    Answer answer = anonymous.send(request);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.header("Connection")).hasValue("close");
  }

  @Test
  void no_method_is_a_way_around_the_pages_of_administrators() {
    for (String method : new String[] {"GET", "POST", "PUT", "PATCH", "DELETE"}) {
      for (String room :
          new String[] {"instruments", "storage", "schedules", "accounts", "hooks"}) {
        for (String page : new String[] {"/new", "/x/delete", "/x/restore", "/x/access/y/revoke"}) {
          assertThat(Endpoints.find(method, "/ui/" + room + page).map(Endpoint::access))
              .as("%s %s%s", method, room, page)
              .isIn(Optional.of(Access.ADMIN), Optional.empty());
        }
      }
    }
    for (String path : new String[] {"/ui/files/x/access", "/ui/files/x/access/y/revoke"}) {
      assertThat(Endpoints.find("POST", path).orElseThrow().access()).isEqualTo(Access.ADMIN);
    }
  }

  @Test
  void what_is_refused_before_any_chain_is_guarded_like_every_answer() {
    Answer refused = anonymous.get("/api/files/a;b");

    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.header("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(refused.header("Content-Security-Policy")).hasValue(ContentSecurity.API);
  }

  @Test
  void a_page_that_nobody_declared_is_there_for_nobody() {
    for (String path : List.of("/ui/nowhere", "/ui/files/x/y/z", "/ui/notifications", "/ui/ui")) {
      assertThat(Endpoints.covering(path)).as(path).isEmpty();
      assertThat(TestServer.shared().admin().get(path).status()).as(path).isIn(303, 404);
    }
    assertThat(anonymous.get("/ui/nowhere").status()).isEqualTo(303);
  }

  @Test
  void to_ask_what_a_path_serves_is_answered_to_whoever_may_know() {
    TestClient admin = TestServer.shared().admin();
    Answer files = options(admin, "/api/files");

    assertThat(files.status()).isEqualTo(204);
    assertThat(files.header("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertThat(files.bytes()).isEmpty();
    assertThat(options(admin, "/api/keys").header("Allow")).hasValue("GET, HEAD, POST, OPTIONS");
    assertThat(options(admin, "/api/v1/auth/local/session").header("Allow"))
        .hasValue("DELETE, GET, HEAD, PUT, OPTIONS");
    assertThat(options(anonymous, "/auth/register").header("Allow")).hasValue("POST, OPTIONS");
    assertThat(options(anonymous, "/health").header("Allow")).hasValue("GET, HEAD, OPTIONS");
    assertThat(options(anonymous, "/api/files").status()).isEqualTo(401);
    assertThat(options(admin, "/api/nothing").status()).isEqualTo(404);
    assertThat(options(anonymous, "/favicon.ico").status()).isEqualTo(404);
  }

  private static Answer options(TestClient client, String path) {
    return client.send("OPTIONS", path, Optional.empty());
  }
}
