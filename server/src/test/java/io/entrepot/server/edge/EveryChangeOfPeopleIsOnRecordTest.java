// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.FirstAdministrator;
import io.entrepot.server.ledger.AuditFilter;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.AuditRecord;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;

/**
 * Whatever changes people, logins, keys and teams leaves an entry in the audit log, with the
 * address and the credential it came with. The list of calls is held against the declared ones.
 */
class EveryChangeOfPeopleIsOnRecordTest {

  private static final Pattern ROOMS =
      Pattern.compile(
          "/(auth|users|api/auth|api/keys|api/me|api/v1/auth|api/admin/users|api/groups"
              + "|api/projects|ui/(login|logout|setup|recovery|people|groups|projects|keys"
              + "|sessions|account))(/.*)?");
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");
  private static final String PASSWORD = "a password of ";
  private static final TestServer SERVER = TestServer.start("--entrepot.sync.local-callers=true");

  private final TestClient admin = SERVER.admin();
  private final TestClient anonymous = SERVER.anonymous();
  private final Map<String, Call> calls = new LinkedHashMap<>();
  private int people;

  @AfterAll
  static void stop() {
    SERVER.close();
  }

  /**
   * What has to succeed, and to be written down.
   *
   * @param ready makes what it is done to, and gives the call itself
   * @param credential the kind that was shown
   */
  private record Call(Supplier<Supplier<Answer>> ready, String credential) {}

  private void call(String name, String credential, Supplier<Supplier<Answer>> ready) {
    calls.put(name, new Call(ready, credential));
  }

  /** Of an administrator who signed in, on a thing that is made first. */
  private <T> void call(String name, Supplier<T> thing, Function<T, Answer> work) {
    call(
        name,
        "session",
        () -> {
          T made = thing.get();
          return () -> work.apply(made);
        });
  }

  private String person() {
    String email = "record" + ++people + "@lab.example";
    SERVER.newUser(email);
    return email;
  }

  private TestClient client(String email) {
    return SERVER.withToken(anonymous.signIn(email, PASSWORD + email));
  }

  private String idOf(String email) {
    return client(email).get("/users/me").expect(200).json().get("id").asString();
  }

  private String personId() {
    return idOf(person());
  }

  private String deletedId() {
    String id = personId();
    admin.delete("/users/" + id).expect(204);
    return id;
  }

  private static String at(Answer made, String place) {
    assertThat(made.status()).as(made.text()).isBetween(200, 201);
    return made.json().at(place).asString();
  }

  private String key() {
    return at(admin.post("/api/keys", "{\"name\":\"k\"}"), "/data/id");
  }

  private String team(String kind) {
    return at(admin.post("/api/" + kind, "{\"name\":\"t" + ++people + "\"}"), "/id");
  }

  private String deletedTeam(String kind) {
    String id = team(kind);
    admin.delete("/api/" + kind + "/" + id).expect(204);
    return id;
  }

  private static String member(String kind, String id) {
    return kind.equals("groups")
        ? "{\"user_id\":\"" + id + "\"}"
        : "{\"member_type\":\"user\",\"member_id\":\"" + id + "\"}";
  }

  /** A team and somebody in it. */
  private List<String> membership(String kind) {
    List<String> both = List.of(team(kind), personId());
    admin
        .post("/api/" + kind + "/" + both.getFirst() + "/members", member(kind, both.getLast()))
        .expect(201);
    return both;
  }

  private String session() {
    String email = person();
    String cookie = cookie(email);
    assertThat(cookie).isNotEmpty();
    return admin
        .get("/api/auth/sessions?all=true&limit=1000")
        .expect(200)
        .json()
        .at("/data/0/id")
        .asString();
  }

  private static String login(String name, String email) {
    return "{\"" + name + "\":\"" + email + "\",\"password\":\"" + PASSWORD + email + "\"}";
  }

  private String cookie(String email) {
    Answer in = anonymous.post("/api/auth/login", login("username", email)).expect(200);
    return in.header("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, StandardCharsets.UTF_8);
  }

  private static String credentials(String name, String email) {
    return name + "=" + encoded(email) + "&password=" + encoded(PASSWORD + email);
  }

  private static Answer form(TestClient client, String path, String body) {
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .POST(BodyPublishers.ofString(body))
            .build());
  }

  /** As a page sends its form. */
  private static Answer page(TestClient client, String path, String body) {
    Answer login = client.get("/ui/recovery").expect(200);
    Matcher token = FORM_TOKEN.matcher(login.text());
    assertThat(token.find()).isTrue();
    String cookie = login.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookie)
            .POST(BodyPublishers.ofString(body + "&_csrf=" + encoded(token.group(1))))
            .build());
  }

  private String link(String purpose) {
    String token = "record-" + ++people + "-".repeat(24);
    String id = personId().replace("-", "");
    Database database = SERVER.part(Database.class);
    String sql =
        "insert into one_time_token (token_hash, purpose, account_id, created_at, expires_at)"
            + " select ?, ?, id, 1, 9000000000000000 from account where email = ?";
    assertThat(id).isNotEmpty();
    String email = "record" + people + "@lab.example";
    database.write(() -> database.sql(sql).params(hash(token), purpose, email).update());
    return token;
  }

  private static String hash(String token) {
    try {
      byte[] bytes = token.getBytes(StandardCharsets.UTF_8);
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
    } catch (java.security.NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  private void signingIn() {
    call("POST /auth/jwt/login", "password", () -> given(person(), this::jwt));
    call("POST /auth/cookie/login", "password", () -> given(person(), this::cookieLogin));
    call(
        "POST /api/auth/login",
        "password",
        () -> given(person(), who -> anonymous.post("/api/auth/login", login("username", who))));
    call("PUT /api/v1/auth/local/session", "password", () -> given(person(), this::localLogin));
    call(
        "POST /ui/login",
        "password",
        () -> given(person(), who -> page(anonymous, "/ui/login", credentials("email", who))));
    call("POST /auth/jwt/logout", this::someone, who -> who.post("/auth/jwt/logout"));
    call("POST /auth/cookie/logout", this::someone, who -> who.post("/auth/cookie/logout"));
    call("POST /api/auth/logout", this::someone, who -> who.post("/api/auth/logout"));
    call("POST /ui/logout", this::someone, who -> page(who, "/ui/logout", ""));
    call(
        "DELETE /api/v1/auth/local/session",
        () -> localLogin(person()).expect(200),
        _ -> anonymous.delete("/api/v1/auth/local/session"));
    call(
        "DELETE /api/auth/sessions/{}",
        this::session,
        id -> admin.delete("/api/auth/sessions/" + id));
    call(
        "POST /ui/sessions/{}/end",
        this::session,
        id -> page(admin, "/ui/sessions/" + id + "/end", ""));
    for (String path : List.of("/api/auth/sessions/end-others", "/ui/sessions/end-others")) {
      call(
          "POST " + path,
          this::someone,
          who -> path.startsWith("/ui") ? page(who, path, "") : who.post(path));
    }
  }

  private TestClient someone() {
    return client(person());
  }

  private static <T> Supplier<Answer> given(T thing, Function<T, Answer> work) {
    return () -> work.apply(thing);
  }

  private Answer jwt(String email) {
    return form(anonymous, "/auth/jwt/login", credentials("username", email));
  }

  private Answer cookieLogin(String email) {
    return form(anonymous, "/auth/cookie/login", credentials("username", email));
  }

  private Answer localLogin(String email) {
    return anonymous.put("/api/v1/auth/local/session", login("user_name", email));
  }

  private void gettingBackIn() {
    call("POST /auth/register", "", () -> given("r@lab.example", this::register));
    for (String path : List.of("/auth/forgot-password", "/auth/request-verify-token")) {
      call(
          "POST " + path,
          "",
          () -> given(person(), who -> anonymous.post(path, "{\"email\":\"" + who + "\"}")));
    }
    call(
        "POST /ui/recovery",
        "",
        () -> given(person(), who -> page(anonymous, "/ui/recovery", "email=" + encoded(who))));
    call(
        "POST /auth/reset-password",
        "link",
        () ->
            given(
                link("reset_password"),
                token ->
                    anonymous.post(
                        "/auth/reset-password",
                        "{\"token\":\"" + token + "\",\"password\":\"Zinnober-Blau\"}")));
    call(
        "POST /auth/verify",
        "link",
        () ->
            given(
                link("verify_email"),
                token -> anonymous.post("/auth/verify", "{\"token\":\"" + token + "\"}")));
    call(
        "POST /ui/recovery/password",
        "link",
        () ->
            given(
                link("reset_password"),
                token ->
                    page(
                        anonymous,
                        "/ui/recovery/password",
                        "password=Zinnober-Blau&token=" + token)));
    call(
        "POST /ui/recovery/address",
        "link",
        () ->
            given(
                link("verify_email"),
                token -> page(anonymous, "/ui/recovery/address", "token=" + token)));
  }

  private Answer register(String email) {
    return anonymous.post("/auth/register", login("email", email));
  }

  private void accounts() {
    String change = "{\"is_verified\":true}";
    call("PATCH /users/me", this::someone, who -> who.patch("/users/me", PASSWORD_CHANGE));
    call("PATCH /users/{}", this::personId, id -> admin.patch("/users/" + id, change));
    call("DELETE /users/{}", this::personId, id -> admin.delete("/users/" + id));
    call(
        "DELETE /api/admin/users/{}", this::personId, id -> admin.delete("/api/admin/users/" + id));
    call(
        "POST /api/admin/users/{}/restore",
        this::deletedId,
        id -> admin.post("/api/admin/users/" + id + "/restore"));
    call(
        "POST /ui/people",
        () -> "email=fresh%40lab.example&password=Zinnober-Blau&role=standard",
        body -> page(admin, "/ui/people", body));
    call(
        "POST /ui/people/{}",
        this::person,
        who ->
            page(
                admin,
                "/ui/people/" + idOf(who),
                "email=" + encoded(who) + "&role=employee&active=true"));
    call(
        "POST /ui/account",
        this::person,
        who ->
            page(
                client(who),
                "/ui/account",
                "present=" + encoded(PASSWORD + who) + "&password=" + encoded("Zinnober-Blau")));
    call(
        "POST /ui/people/{}/delete",
        this::personId,
        id -> page(admin, "/ui/people/" + id + "/delete", ""));
    call(
        "POST /ui/people/{}/restore",
        this::deletedId,
        id -> page(admin, "/ui/people/" + id + "/restore", ""));
  }

  private static final String PASSWORD_CHANGE = "{\"password\":\"Zinnober-Blau\"}";

  private void keys() {
    String body = "{\"name\":\"another\"}";
    call("POST /api/keys", () -> body, sent -> admin.post("/api/keys", sent));
    call("PATCH /api/keys/{}", this::key, id -> admin.patch("/api/keys/" + id, body));
    call("DELETE /api/keys/{}", this::key, id -> admin.delete("/api/keys/" + id));
    call("POST /api/me/api-keys", () -> body, sent -> admin.post("/api/me/api-keys", sent));
    call("DELETE /api/me/api-keys/{}", this::key, id -> admin.delete("/api/me/api-keys/" + id));
    String tokens = "/api/v1/auth/local/api-tokens";
    call("POST " + tokens, this::someone, who -> who.post(tokens, body));
    call(
        "DELETE " + tokens + "/{}",
        () -> at(client(person()).post(tokens, body), "/api_key_uid"),
        id -> admin.delete(tokens + "/" + id));
    call("POST /ui/keys", () -> "name=p&scope=read&days=30", sent -> page(admin, "/ui/keys", sent));
    call("POST /ui/keys/{}", this::key, id -> page(admin, "/ui/keys/" + id, "name=q"));
    call("POST /ui/keys/{}/revoke", this::key, id -> page(admin, "/ui/keys/" + id + "/revoke", ""));
  }

  private void teams(String kind) {
    String api = "/api/" + kind;
    String ui = "/ui/" + kind;
    call("POST " + api, () -> "{\"name\":\"new\"}", sent -> admin.post(api, sent));
    call(
        "PATCH " + api + "/{}",
        () -> team(kind),
        id -> admin.patch(api + "/" + id, "{\"description\":\"d\"}"));
    call("DELETE " + api + "/{}", () -> team(kind), id -> admin.delete(api + "/" + id));
    call(
        "POST " + api + "/{}/restore",
        () -> deletedTeam(kind),
        id -> admin.post(api + "/" + id + "/restore"));
    call(
        "POST " + api + "/{}/members",
        () -> List.of(team(kind), personId()),
        both -> admin.post(api + "/" + both.getFirst() + "/members", member(kind, both.getLast())));
    call(
        "DELETE " + api + "/{}/members/{}",
        () -> membership(kind),
        both -> admin.delete(api + "/" + both.getFirst() + "/members/" + both.getLast()));
    call("POST " + ui, () -> "name=made+here", sent -> page(admin, ui, sent));
    call(
        "POST " + ui + "/{}",
        () -> team(kind),
        id -> page(admin, ui + "/" + id, "name=n" + id + "&description=d"));
    call(
        "POST " + ui + "/{}/delete",
        () -> team(kind),
        id -> page(admin, ui + "/" + id + "/delete", ""));
    call(
        "POST " + ui + "/{}/restore",
        () -> deletedTeam(kind),
        id -> page(admin, ui + "/" + id + "/restore", ""));
    call(
        "POST " + ui + "/{}/members",
        () -> List.of(team(kind), person()),
        both ->
            page(
                admin,
                ui + "/" + both.getFirst() + "/members",
                "kind=user&who=" + encoded(both.getLast())));
    call(
        "POST " + ui + "/{}/members/{}/remove",
        () -> membership(kind),
        both ->
            page(admin, ui + "/" + both.getFirst() + "/members/" + both.getLast() + "/remove", ""));
  }

  private static List<AuditRecord> records(TestServer server) {
    return server.part(AuditLog.class).list(AuditFilter.ALL, new Slice(0, 20, false)).items();
  }

  private static List<AuditRecord> since(TestServer server, Id last) {
    return records(server).stream().filter(one -> one.id().compareTo(last) > 0).toList();
  }

  @Test
  void every_change_of_people_logins_keys_and_teams_leaves_an_entry_that_says_how_it_came() {
    signingIn();
    gettingBackIn();
    accounts();
    keys();
    teams("groups");
    teams("projects");
    Set<String> declared =
        Declared.all().stream()
            .filter(one -> !one.method().equals("GET") && ROOMS.matcher(one.path()).matches())
            .map(Declared.Endpoint::call)
            .collect(Collectors.toCollection(TreeSet::new));
    assertThat(declared.remove("POST /ui/setup/{}")).as("has a test of its own").isTrue();
    assertThat(calls.keySet()).containsExactlyInAnyOrderElementsOf(declared);

    List<String> wrong = new ArrayList<>();
    calls.forEach(
        (name, call) -> {
          Supplier<Answer> ready = call.ready().get();
          Id last = records(SERVER).getFirst().id();
          Answer answer = ready.get();
          if (answer.status() >= 400) {
            wrong.add(name + " was refused: " + answer.status() + " " + answer.text());
          }
          List<AuditRecord> found = since(SERVER, last);
          boolean told =
              found.stream()
                  .map(one -> one.entry().actor())
                  .anyMatch(
                      by ->
                          by.address().equals("127.0.0.1")
                              && by.credential().kind().equals(call.credential()));
          if (!told) {
            wrong.add(name + " left " + found);
          }
        });
    assertThat(wrong).isEmpty();
  }

  @Test
  void making_the_first_administrator_is_on_record_with_the_link_that_it_came_by() {
    try (TestServer empty = TestServer.startWithoutAdministrator()) {
      String token = empty.part(FirstAdministrator.class).invite().orElseThrow();
      String body = "email=first%40lab.example&password=Zinnober-Blau";

      page(empty.anonymous(), "/ui/setup/" + token, body).expect(302);

      var by =
          records(empty).stream()
              .map(AuditRecord::entry)
              .filter(one -> one.action().equals("create"))
              .findFirst()
              .orElseThrow()
              .actor();
      assertThat(by.address()).isEqualTo("127.0.0.1");
      assertThat(by.credential().kind()).isEqualTo("link");
    }
  }
}
