// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.server.DrillSize;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.database.Database;
import io.entrepot.server.edge.Declared.Endpoint;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.WebSocket;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * What a page of somebody else can make the browser of an administrator send: to every endpoint
 * that changes something, in each way that a browser has for it. Nothing of it is carried out.
 */
class ForeignOriginTest {

  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String TEXT = "text/plain";
  private static final String MULTIPART = "multipart/form-data; boundary=x";
  private static final String JSON = "application/json";
  private static final String EVIL = "https://evil.example";
  private static final Pattern FORM_TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  /** Takes long for everybody, or does not end. */
  private static final Set<String> LEFT_OUT = Set.of("/openapi.json", "/health/events");

  /** Rows that change by themselves: what is due, the chain that is closed, when a key was used. */
  private static final Pattern RESTLESS =
      Pattern.compile("scheduled_tasks|ledger_(block|stream|checkpoint)|node|.*_use");

  /** Whether all is tried, on a server of its own where nothing else happens; or a part. */
  private static final boolean ALL = DrillSize.of(0, 1, 1) > 0;

  private static final Random RANDOM = DrillSize.random();

  private static TestServer server;
  private static String session;
  private static TestClient browser;

  @BeforeAll
  static void an_administrator_signs_in() {
    server = ALL ? TestServer.start() : TestServer.shared();
    browser = server.anonymous();
    session = cookie(signIn("/auth/cookie/login", Map.of()).expect(204));
  }

  @AfterAll
  static void stop() {
    if (ALL) {
      server.close();
    }
  }

  private static Answer signIn(String path, Map<String, String> headers) {
    String form = "username=admin%40example.com&password=correct+horse+battery";
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Content-Type", FORM);
    return send("POST", path, all, form);
  }

  private static String cookie(Answer answer) {
    return answer.header("Set-Cookie").orElseThrow().split(";", 2)[0];
  }

  private static Answer send(String method, String path, Map<String, String> headers, String body) {
    HttpRequest.Builder request = browser.request(path);
    headers.forEach(request::header);
    return browser.send(request.method(method, BodyPublishers.ofString(body)).build());
  }

  /**
   * A way to have something sent.
   *
   * @param headers what the browser adds, and a script cannot
   */
  private record Way(String name, Map<String, String> headers, String type, String body) {

    Answer send(String method, String path) {
      Map<String, String> all = new LinkedHashMap<>(headers);
      all.putIfAbsent("Cookie", session);
      if (!type.isEmpty()) {
        all.put("Content-Type", type);
      }
      return ForeignOriginTest.send(method, path, all, body);
    }
  }

  /** Each is refused for where it comes from, or for what it is. */
  private static List<Way> ways() {
    List<Way> ways = new ArrayList<>();
    Map<String, Map<String, String>> origins = new LinkedHashMap<>();
    origins.put("another site", Map.of("Origin", EVIL, "Sec-Fetch-Site", "cross-site"));
    origins.put("an old browser at another site", Map.of("Origin", EVIL));
    origins.put("a sandboxed frame", Map.of("Origin", "null"));
    origins.put("a neighbour", Map.of("Sec-Fetch-Site", "same-site"));
    origins.put("our name, another scheme", Map.of("Origin", "https://127.0.0.1:" + server.port()));
    origins.put("our name, another port", Map.of("Origin", "http://127.0.0.1:1"));
    origins.put(
        "our name as a part", Map.of("Origin", server.address().toString() + ".evil.example"));
    origins.forEach(
        (name, headers) -> {
          ways.add(new Way(name + ", a form", headers, FORM, "name=a&_method=DELETE"));
          ways.add(new Way(name + ", text that is JSON", headers, TEXT, "{\"name\":\"a\"}"));
          ways.add(new Way(name + ", parts", headers, MULTIPART, "--x--"));
          ways.add(new Way(name + ", JSON", headers, JSON, "{\"name\":\"a\"}"));
          ways.add(new Way(name + ", of no type", headers, "", "{\"name\":\"a\"}"));
        });
    // Nothing tells where these come from; no program of ours sends them so.
    for (String type : List.of(FORM, TEXT, TEXT + "; charset=utf-8", MULTIPART)) {
      ways.add(new Way("nowhere, " + type, Map.of(), type, "{\"name\":\"a\"}"));
    }
    return ways;
  }

  private static List<Endpoint> changing() {
    return Declared.all().stream()
        .filter(endpoint -> endpoint.acts() || !endpoint.method().equals("GET"))
        .toList();
  }

  private static boolean isChosen() {
    return ALL || RANDOM.nextInt(40) == 0;
  }

  @Test
  void no_page_of_another_site_changes_anything() {
    List<String> wrong = new ArrayList<>();
    Map<String, List<String>> before = state();
    int tried = 0;
    for (Endpoint endpoint : changing()) {
      for (Way way : ways()) {
        if (!isChosen() || isSignInByForm(endpoint, way)) {
          continue;
        }
        Answer answer = way.send(endpoint.method(), endpoint.filled());
        tried++;
        if (!isRefused(answer, endpoint, way)) {
          wrong.add(way.name() + ": " + endpoint.call() + " gave " + answer.status());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(state()).isEqualTo(before);
    DrillSize.tell("%,d changes asked for by other sites, none carried out", tried);
  }

  /** Where the form itself carries the password, and nothing tells that a page sent it. */
  private static boolean isSignInByForm(Endpoint endpoint, Way way) {
    return way.headers().isEmpty()
        && (endpoint.path().endsWith("/login") || endpoint.acts())
        && endpoint.family() != Family.PAGES;
  }

  private static boolean isRefused(Answer answer, Endpoint endpoint, Way way) {
    boolean api = endpoint.family() != Family.PAGES;
    boolean fromNowhere = way.headers().isEmpty();
    Set<Integer> refusals = fromNowhere ? api ? Set.of(415) : Set.of(403, 400) : Set.of(403);
    return refusals.contains(answer.status())
        && answer.header("Set-Cookie").filter(ForeignOriginTest::isLogin).isEmpty();
  }

  private static boolean isLogin(String cookie) {
    return cookie.startsWith("streamweave_auth=") || cookie.startsWith("auth_token=");
  }

  @Test
  void nobody_is_signed_in_by_another_site_as_somebody_else() {
    for (String door : List.of("/auth/cookie/login", "/api/auth/login", "/auth/jwt/login")) {
      for (Map<String, String> from :
          List.of(
              Map.of("Origin", EVIL),
              Map.of("Origin", "null"),
              Map.of("Sec-Fetch-Site", "cross-site"),
              Map.of("Sec-Fetch-Site", "same-site"))) {
        Answer answer = signIn(door, from);
        assertThat(answer.status()).as("%s from %s", door, from).isEqualTo(403);
        assertThat(answer.header("Set-Cookie")).isEmpty();
      }
    }
  }

  /** The form of a page needs the token that only the page knew, whoever sends it from where. */
  @Test
  void no_form_of_a_page_is_taken_without_the_token_of_its_own_browser() {
    List<String> wrong = new ArrayList<>();
    Map<String, List<String>> before = state();
    String own = server.address().toString();
    Answer page = browser.get("/ui/login");
    Answer elsewhere = browser.get("/ui/login");
    String cookie = session + "; " + cookie(page);
    int tried = 0;
    for (Endpoint endpoint : changing()) {
      if (endpoint.family() != Family.PAGES || !isChosen()) {
        continue;
      }
      for (String body :
          List.of("", "_csrf=", "_csrf=x", "_csrf=" + token(elsewhere), "_method=GET")) {
        Answer answer =
            send(
                "POST",
                endpoint.filled(),
                Map.of("Cookie", cookie, "Origin", own, "Content-Type", FORM),
                body);
        tried++;
        if (answer.status() != 403) {
          wrong.add(endpoint.call() + " with \"" + body + "\" gave " + answer.status());
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(state()).isEqualTo(before);
    DrillSize.tell("%d forms without their token, none taken", tried);
  }

  private static String token(Answer page) {
    Matcher token = FORM_TOKEN.matcher(page.text());
    assertThat(token.find()).isTrue();
    return token.group(1);
  }

  /** What says "take this as another method" is not heard. */
  @Test
  void looking_changes_nothing_whatever_it_says_of_itself() {
    List<String> wrong = new ArrayList<>();
    Map<String, List<String>> before = state();
    int tried = 0;
    for (Endpoint endpoint : Declared.all()) {
      boolean looks = endpoint.method().equals("GET") && !endpoint.acts();
      if (!looks || LEFT_OUT.contains(endpoint.path()) || !ALL && RANDOM.nextInt(10) > 0) {
        continue;
      }
      int plain = browse(endpoint.filled(), Map.of()).status();
      for (String method : List.of("DELETE", "POST", "PATCH")) {
        for (String header :
            List.of("X-HTTP-Method-Override", "X-HTTP-Method", "X-Method-Override")) {
          if (browse(endpoint.filled(), Map.of(header, method)).status() != plain) {
            wrong.add(endpoint.call() + " heard " + header + ": " + method);
          }
          tried++;
        }
        int asked = browse(endpoint.filled() + "?_method=" + method, Map.of()).status();
        if (asked != plain && asked >= 200 && asked < 300) {
          wrong.add(endpoint.call() + " heard _method=" + method);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(state()).isEqualTo(before);
    DrillSize.tell("%d requests to look that called themselves changes", tried);
  }

  private static Answer browse(String path, Map<String, String> headers) {
    Map<String, String> all = new LinkedHashMap<>(headers);
    all.put("Cookie", session);
    return send("GET", path, all, "");
  }

  @Test
  void no_answer_may_be_read_by_a_page_of_another_site() {
    List<String> wrong = new ArrayList<>();
    for (Endpoint endpoint : Declared.all()) {
      if (LEFT_OUT.contains(endpoint.path()) || !ALL && RANDOM.nextInt(10) > 0) {
        continue;
      }
      for (String origin : List.of(EVIL, "null", "http://127.0.0.1.evil.example")) {
        for (String method : List.of("GET", "OPTIONS")) {
          Answer answer =
              send(
                  method,
                  endpoint.filled(),
                  Map.of(
                      "Cookie",
                      session,
                      "Origin",
                      origin,
                      "Access-Control-Request-Method",
                      endpoint.method(),
                      "Access-Control-Request-Headers",
                      "authorization,content-type"),
                  "");
          boolean allows =
              answer.response().headers().map().keySet().stream()
                  .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
          // 204 says what the path serves, and lets nobody read or send anything.
          boolean answered = answer.status() < 400 && answer.status() != 204;
          if (allows || method.equals("OPTIONS") && answered) {
            wrong.add(method + " " + endpoint.path() + " from " + origin + " " + answer.status());
          }
        }
      }
    }
    assertThat(wrong).isEmpty();
  }

  @Test
  void there_is_no_web_socket_to_talk_through() {
    URI address = URI.create("ws://127.0.0.1:" + server.port() + "/ui/jobs");
    try (HttpClient client = HttpClient.newHttpClient()) {
      assertThatThrownBy(
              () ->
                  client
                      .newWebSocketBuilder()
                      .header("Cookie", session)
                      .header("Origin", EVIL)
                      .buildAsync(address, new WebSocket.Listener() {})
                      .join())
          .hasMessageContaining("WebSocketHandshakeException");
    }
  }

  /** All rows that only a change changes, where nothing else happens. */
  private static Map<String, List<String>> state() {
    Map<String, List<String>> state = new TreeMap<>();
    if (!ALL) {
      return state;
    }
    Database database = server.part(Database.class);
    for (String table : Tables.all(database)) {
      if (RESTLESS.matcher(table).matches()) {
        continue;
      }
      boolean ledger = table.equals("ledger_entry");
      String columns = ledger ? "stream, id, kind, subject, actor" : "*";
      state.put(
          table,
          database.sql("select " + columns + " from " + table).query().listOfRows().stream()
              .map(Tables::text)
              .sorted()
              .toList());
    }
    return state;
  }
}
