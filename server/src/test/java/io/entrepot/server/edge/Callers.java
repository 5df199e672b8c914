// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.edge.Caller.Power;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Login;
import io.entrepot.server.identity.LoginKind;
import io.entrepot.server.identity.Logins;
import io.entrepot.server.identity.Origin;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One of each kind of credential, good and bad. Each has an account of its own, so that none ends
 * what another one shows.
 */
final class Callers {

  /** What came through a proxy is no program on this machine. */
  private static final Map<String, String> ELSEWHERE = Map.of("Via", "1.1 proxy");

  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private static final AtomicInteger COUNTER = new AtomicInteger();
  private static final String DEVICE = "PythonAPI v2.1.3 @ linux bench(posix)";
  private static final long LONG_AGO = 1;

  private final TestServer server;
  private final TestClient anonymous;
  private final TestClient admin;
  private final List<Caller> all = new ArrayList<>();

  private Callers(TestServer server) {
    this.server = server;
    this.anonymous = server.anonymous();
    this.admin = server.admin();
  }

  /**
   * @param local whether programs on this machine need no credential at the sync door
   */
  static List<Caller> come(TestServer server, boolean local) {
    Callers callers = new Callers(server);
    callers.strangers();
    callers.loginsOfNoUse();
    callers.keysOfNoUse();
    callers.linksAreNoLogins();
    callers.people();
    callers.keys();
    callers.sessionHeaders();
    if (local) {
      callers.program();
    }
    return List.copyOf(callers.all);
  }

  /** What a page of ours sends with each change. */
  static Map<String, String> form(TestClient browser) {
    TestClient.Answer page = browser.get("/ui/login").expect(200);
    Matcher token = FORM_TOKEN.matcher(page.text());
    assertThat(token.find()).isTrue();
    String cookie = page.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    assertThat(cookie).startsWith("entrepot_form=");
    return Map.of("Cookie", cookie, "X-XSRF-TOKEN", token.group(1));
  }

  private String newAccount(boolean asAdmin) {
    String email = "caller" + COUNTER.incrementAndGet() + "@matrix.example";
    admin
        .post(
            "/auth/register",
            "{\"email\":\"%s\",\"password\":\"%s\",\"role\":\"%s\"}"
                .formatted(email, password(email), asAdmin ? "admin" : "user"))
        .expect(201);
    return email;
  }

  private static String password(String email) {
    return "a password of " + email;
  }

  private Map<String, String> jwt(String email) {
    return bearer(anonymous.signIn(email, password(email)));
  }

  private Map<String, String> cookie(String name, String email) {
    return Map.of("Cookie", name + "=" + cookieValue(email));
  }

  private String cookieValue(String email) {
    Answer in =
        anonymous.post(
            "/api/auth/login",
            "{\"username\":\"%s\",\"password\":\"%s\"}".formatted(email, password(email)));
    String set = in.expect(200).header("Set-Cookie").orElseThrow();
    return set.substring(set.indexOf('=') + 1, set.indexOf(';'));
  }

  private static Map<String, String> bearer(String token) {
    return Map.of("Authorization", "Bearer " + token);
  }

  private String token(String email) {
    return anonymous.signIn(email, password(email));
  }

  private String key(String email, String scope, String doors) {
    Answer made =
        server
            .withToken(token(email))
            .post(
                "/api/keys",
                "{\"name\":\"matrix\",\"scope\":\"%s\",\"doors\":[%s]}".formatted(scope, doors));
    return made.expect(201).json().at("/data/key").asString();
  }

  private String localToken(String email) {
    return server
        .withToken(token(email))
        .post("/api/v1/auth/local/api-tokens", "{\"name\":\"matrix\"}")
        .json()
        .get("api_token")
        .asString();
  }

  private void stranger(String name, Map<String, String> headers) {
    add(name, headers, () -> headers, Optional.empty());
  }

  private void add(
      String name,
      Map<String, String> headers,
      Supplier<Map<String, String>> again,
      Optional<Power> power) {
    all.add(new Caller(name, elsewhere(headers), () -> elsewhere(again.get()), power, Set.of()));
  }

  private static Map<String, String> elsewhere(Map<String, String> headers) {
    Map<String, String> both = new LinkedHashMap<>(headers);
    both.putAll(ELSEWHERE);
    return both;
  }

  private void strangers() {
    stranger("nobody", Map.of());
    stranger("a made-up key", bearer("ek_" + "x".repeat(43)));
    stranger("a made-up cookie", Map.of("Cookie", "streamweave_auth=" + "x".repeat(43)));
    stranger("an empty token", Map.of("Authorization", "Bearer"));
    String email = newAccount(true);
    String pair = email + ":" + password(email);
    stranger(
        "the password itself",
        Map.of(
            "Authorization",
            "Basic " + Base64.getEncoder().encodeToString(pair.getBytes(StandardCharsets.UTF_8))));
    String jwt = token(email);
    String[] parts = jwt.split("\\.", -1);
    stranger("a token that nobody signed", bearer(unsigned(parts[1])));
    stranger("a token with another's signature", bearer(parts[0] + "." + parts[1] + ".AAAA"));
    stranger("a token as a cookie", Map.of("Cookie", "streamweave_auth=" + jwt));
    stranger("a cookie as a token", bearer(cookieValue(email)));
  }

  private static String unsigned(String claims) {
    String none = "{\"alg\":\"none\"}";
    return Base64.getUrlEncoder()
            .withoutPadding()
            .encodeToString(none.getBytes(StandardCharsets.UTF_8))
        + "."
        + claims
        + ".";
  }

  private static String base64(String text) {
    return Base64.getEncoder().encodeToString(text.getBytes(StandardCharsets.UTF_8));
  }

  /** In the header of the session API's clients. */
  static Map<String, String> object(String scheme, String email, String field, String value) {
    String json = "{\"username\":\"%s\",\"%s\":\"%s\"}".formatted(email, field, value);
    return Map.of("Authorization", scheme + " " + base64(json), "ASDevice", DEVICE);
  }

  /** Name and key apart, which is not as RFC 7617 has it. */
  static Map<String, String> pair(String email, String key) {
    return Map.of("Authorization", "basic " + base64(email) + ":" + base64(key));
  }

  /** A login as the session API gives it out. */
  static Login.Opened session(TestServer server, String email) {
    Account account = server.part(Accounts.class).findByEmail(email).orElseThrow();
    return server
        .part(Logins.class)
        .open(account, LoginKind.SESSION_KEY, Duration.ofHours(1), new Origin("127.0.0.1", DEVICE));
  }

  private Map<String, String> sessionKey(String email) {
    return object("ASSession", email, "session_key", session(server, email).token());
  }

  private void sessionHeaders() {
    String late = newAccount(true);
    Map<String, String> lateSession = sessionKey(late);
    String lateKey = key(late, "admin", "");
    change("update login set expires_at = ? where account_id = ", late, LONG_AGO);
    change("update api_key set expires_at = ? where account_id = ", late, LONG_AGO);
    stranger("a session key that ran out", lateSession);
    stranger("a key that ran out, in an object", object("ASCredentials", late, "api_key", lateKey));
    stranger("a key that ran out, in a pair", pair(late, lateKey));
    String first = newAccount(true);
    stranger(
        "a session key of somebody else",
        object("ASSession", late, "session_key", session(server, first).token()));
    String email = newAccount(false);
    Optional<Power> login = Optional.of(new Power(false, true, true, Set.of()));
    add("a user by a session key", sessionKey(email), () -> sessionKey(email), login);
    String user = newAccount(false);
    String key = key(user, "operate", "");
    Optional<Power> power = Optional.of(new Power(false, false, true, Set.of()));
    Map<String, String> object = object("ASCredentials", user, "api_key", key);
    add("a user's key in an object", object, () -> object, power);
    add("a user's key in a pair", pair(user, key), () -> pair(user, key), power);
  }

  private void loginsOfNoUse() {
    String ended = newAccount(true);
    String token = token(ended);
    server.withToken(token).post("/auth/jwt/logout").expect(204);
    stranger("a login that was ended", bearer(token));
    String late = newAccount(true);
    Map<String, String> lateToken = jwt(late);
    Map<String, String> lateCookie = cookie("streamweave_auth", late);
    change("update login set expires_at = ? where account_id = ", late, LONG_AGO);
    stranger("a login that ran out", lateToken);
    stranger("a cookie that ran out", lateCookie);
    String disabled = newAccount(true);
    Map<String, String> disabledToken = jwt(disabled);
    Map<String, String> disabledCookie = cookie("streamweave_auth", disabled);
    Map<String, String> disabledKey = bearer(key(disabled, "admin", ""));
    admin.patch("/users/" + id(disabled), "{\"is_active\": false}").expect(200);
    stranger("a token of a disabled account", disabledToken);
    stranger("a cookie of a disabled account", disabledCookie);
    stranger("a key of a disabled account", disabledKey);
    String deleted = newAccount(true);
    Map<String, String> deletedToken = jwt(deleted);
    admin.delete("/users/" + id(deleted)).expect(204);
    stranger("a token of a deleted account", deletedToken);
  }

  private String id(String email) {
    return server.withToken(token(email)).get("/users/me").expect(200).json().get("id").asString();
  }

  private void keysOfNoUse() {
    String revoked = newAccount(true);
    String key = key(revoked, "admin", "");
    TestClient owner = server.withToken(token(revoked));
    String id = owner.get("/api/keys").expect(200).json().at("/data/0/id").asString();
    owner.delete("/api/keys/" + id).expect(204);
    stranger("a key that was revoked", bearer(key));
    String late = newAccount(true);
    Map<String, String> lateKey = bearer(key(late, "admin", ""));
    change("update api_key set expires_at = ? where account_id = ", late, LONG_AGO);
    stranger("a key that ran out", lateKey);
  }

  /** What is good for one step of getting in is good for nothing else. */
  private void linksAreNoLogins() {
    for (String purpose : List.of("reset_password", "verify_email")) {
      String token = "matrix-" + purpose + COUNTER.incrementAndGet() + "-".repeat(24);
      String email = newAccount(true);
      change(
          "insert into one_time_token (token_hash, purpose, created_at, expires_at, account_id)"
              + " select ?, '"
              + purpose
              + "', 1, 9000000000000000, id from account where id = ",
          email,
          hash(token));
      stranger("a link to " + purpose, bearer(token));
      stranger("a link to " + purpose + " as a cookie", Map.of("Cookie", "auth_token=" + token));
    }
  }

  private static String hash(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** Behind the doors: what only time, or a letter, brings about. */
  private void change(String statement, String email, Object value) {
    Database database = server.part(Database.class);
    database.write(
        () ->
            database
                .sql(statement + "(select id from account where email = ?)")
                .params(value, email)
                .update());
  }

  private void people() {
    for (boolean isAdmin : List.of(false, true)) {
      String who = isAdmin ? "an administrator" : "a user";
      Optional<Power> power = Optional.of(new Power(isAdmin, true, true, Set.of()));
      String first = newAccount(isAdmin);
      add(who, jwt(first), () -> jwt(first), power);
      for (String name : List.of("streamweave_auth", "auth_token")) {
        String email = newAccount(isAdmin);
        add(who + " by " + name, cookie(name, email), () -> cookie(name, email), power);
      }
    }
    String employee = newAccount(false);
    change("update account set role = ? where id = ", employee, "employee");
    add(
        "an employee",
        jwt(employee),
        () -> jwt(employee),
        Optional.of(new Power(false, true, true, Set.of())));
  }

  private void keys() {
    String user = newAccount(false);
    String boss = newAccount(true);
    Set<Family> everywhere = Set.of();
    key("a user's key", key(user, "operate", ""), false, true, everywhere);
    key("a user's key for reading", key(user, "read", ""), false, false, everywhere);
    key("a user's local token", localToken(user), false, true, everywhere);
    key("an administrator's key", key(boss, "admin", ""), true, true, everywhere);
    key("his key for work", key(boss, "operate", ""), false, true, everywhere);
    key("his key for reading", key(boss, "read", ""), true, false, everywhere);
    key("his local token", localToken(boss), true, true, everywhere);
    key(
        "his key for the backup door",
        key(boss, "admin", "\"backup\""),
        true,
        true,
        Set.of(Family.BACKUP));
    key(
        "his key for reading at the harvest door",
        key(boss, "read", "\"harvest\""),
        true,
        false,
        Set.of(Family.HARVEST));
    String fallen = newAccount(true);
    String key = key(fallen, "admin", "");
    admin.patch("/users/" + id(fallen), "{\"role\": \"user\"}").expect(200);
    key("a key of one who was administrator", key, false, true, everywhere);
  }

  private void key(String name, String key, boolean isAdmin, boolean writes, Set<Family> doors) {
    add(
        name,
        bearer(key),
        () -> bearer(key),
        Optional.of(new Power(isAdmin, false, writes, doors)));
  }

  private void program() {
    String email = newAccount(false);
    all.add(
        new Caller(
            "a program on the machine",
            begun(email),
            () -> begun(email),
            Optional.of(new Power(false, true, true, Set.of())),
            Set.of(Family.SYNC)));
  }

  private Map<String, String> begun(String email) {
    anonymous
        .send(
            anonymous
                .request("/api/v1/auth/local/session")
                .header("Content-Type", "application/json")
                .PUT(
                    BodyPublishers.ofString(
                        "{\"user_name\":\"%s\",\"password\":\"%s\"}"
                            .formatted(email, password(email))))
                .build())
        .expect(200);
    return Map.of();
  }
}
