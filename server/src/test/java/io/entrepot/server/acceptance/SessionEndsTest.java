// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static io.entrepot.server.acceptance.HarvestFixture.json;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.DrillSize;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.TwoNodes;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * However somebody is signed in, what ends it ends it: at once where it was done, and soon on
 * another server of the same database, which had just believed the same credential.
 */
class SessionEndsTest {

  private static final int ROUNDS = DrillSize.of(1, 3, 50);

  /** Two servers take seconds to start; amid the other tests one stands for both. */
  private static final boolean ALONE = DrillSize.of(1, 0, 0) == 1;

  private static final Duration HERE = Duration.ofSeconds(1);
  private static final Duration THERE = Duration.ofSeconds(5);
  private static final Duration PAUSE = Duration.ofMillis(20);
  private static final String FORM = "application/x-www-form-urlencoded";
  private static final String OTHER_PASSWORD = "quite another password";

  @TempDir Path folder;

  private final Random random = DrillSize.random();
  private final Set<String> issued = new HashSet<>();
  private long slowestHere;
  private long slowestThere;
  private int ended;
  private int people;

  /** A credential, as it is sent. */
  private record Held(String kind, String header, String value) {

    Answer ask(TestServer server, String path) {
      TestClient client = server.anonymous();
      return client.send(client.request(path).header(header, value).build());
    }

    Answer send(TestServer server, String method, String path, String body) {
      TestClient client = server.anonymous();
      HttpRequest.Builder request = client.request(path).header(header, value);
      request.header("Content-Type", "application/json");
      return client.send(request.method(method, BodyPublishers.ofString(body)).build());
    }
  }

  /** What makes credentials worthless, or takes rights from them. */
  private enum End {
    OWN_LOGOUT,
    OTHERS_ENDED,
    ENDED_BY_ADMINISTRATOR,
    OWN_NEW_PASSWORD,
    NEW_PASSWORD_BY_ADMINISTRATOR,
    DISABLED,
    DELETED,
    LOWER_ROLE
  }

  /** Somebody who is signed in in every way there is, at both servers in turn. */
  private record Person(String email, String id, List<Held> logins, Held key) {}

  @Test
  void what_ends_a_session_ends_it_at_once_here_and_soon_on_the_other_node() throws Exception {
    Optional<TwoNodes> nodes =
        ALONE
            ? Optional.of(new TwoNodes(TestServer.shared(), TestServer.shared()))
            : TwoNodes.start(folder, "--entrepot.login.secure-cookies=always");
    Assumptions.assumeTrue(nodes.isPresent(), "no PostgreSQL here");
    try {
      for (int round = 0; round < ROUNDS; round++) {
        for (End end : End.values()) {
          // On a random one of the two, and looked at on both.
          boolean turned = random.nextBoolean();
          TestServer here = turned ? nodes.get().two() : nodes.get().one();
          TestServer there = turned ? nodes.get().one() : nodes.get().two();
          ends(end, here, there);
        }
        fixation(nodes.get().one());
        fixation(nodes.get().two());
      }
    } finally {
      if (!ALONE) {
        nodes.get().close();
      }
    }
    DrillSize.tell(
        "%d ways in ended in %d ways, the slowest after %d ms here and %d ms on the other node",
        ended, End.values().length, slowestHere, slowestThere);
  }

  private void ends(End end, TestServer here, TestServer there) throws InterruptedException {
    Person person = person(here, there, end == End.LOWER_ROLE);
    Held asker = jwt(here, person.email());
    List<Held> gone = new ArrayList<>(person.logins());
    if (end == End.DISABLED || end == End.DELETED || end == End.LOWER_ROLE) {
      gone.add(person.key());
    }
    String path = end == End.LOWER_ROLE ? "/api/admin/users" : "/users/me";
    for (Held one : gone) {
      one.ask(here, path).expect(200);
      one.ask(there, path).expect(200);
    }

    bring(end, here, person, asker);
    long done = System.nanoTime();

    int refused = end == End.LOWER_ROLE ? 403 : 401;
    for (Held one : gone) {
      long took = await(one, here, path, refused, done, HERE, end);
      slowestHere = Math.max(slowestHere, took);
    }
    for (Held one : gone) {
      long took = await(one, there, path, refused, done, THERE, end);
      slowestThere = Math.max(slowestThere, took);
      ended++;
    }
    comesBack(end, here, person, gone);
  }

  private static long await(
      Held one, TestServer server, String path, int refused, long done, Duration limit, End end)
      throws InterruptedException {
    while (true) {
      int status = one.ask(server, path).status();
      long took = (System.nanoTime() - done) / 1_000_000;
      if (status == refused) {
        return took;
      }
      assertThat(took)
          .as("%s after %s: still %d", one.kind(), end, status)
          .isLessThan(limit.toMillis());
      Thread.sleep(PAUSE);
    }
  }

  private static void bring(End end, TestServer here, Person person, Held asker) {
    TestClient admin = here.admin();
    String user = "/users/" + person.id();
    switch (end) {
      case OWN_LOGOUT -> {
        for (Held one : person.logins()) {
          assertThat(one.send(here, "POST", "/api/auth/logout", "").status()).isEqualTo(200);
        }
      }
      case OTHERS_ENDED ->
          asker.send(here, "POST", "/api/auth/sessions/end-others", "").expect(200);
      case ENDED_BY_ADMINISTRATOR -> {
        for (var row : admin.get("/api/auth/sessions?all=true&limit=1000").json().get("data")) {
          if (row.toString().contains(person.email())) {
            admin.delete("/api/auth/sessions/" + row.get("id").asString()).expect(204);
          }
        }
      }
      case OWN_NEW_PASSWORD ->
          asker.send(here, "PATCH", "/users/me", json("password", OTHER_PASSWORD)).expect(200);
      case NEW_PASSWORD_BY_ADMINISTRATOR ->
          admin.patch(user, json("password", OTHER_PASSWORD)).expect(200);
      case DISABLED -> admin.patch(user, json("is_active", false)).expect(200);
      case DELETED -> admin.delete(user).expect(204);
      case LOWER_ROLE -> admin.patch(user, json("role", "user")).expect(200);
    }
  }

  /** What was ended stays ended when its owner is let in again. */
  private static void comesBack(End end, TestServer here, Person person, List<Held> gone) {
    if (end == End.DISABLED) {
      here.admin().patch("/users/" + person.id(), json("is_active", true)).expect(200);
    } else if (end == End.DELETED) {
      here.admin().post("/api/admin/users/" + person.id() + "/restore").expect(200);
    } else {
      return;
    }
    for (Held one : gone) {
      int wanted = one == person.key() ? 200 : 401;
      assertThat(one.ask(here, "/users/me").status()).as(one.kind()).isEqualTo(wanted);
    }
  }

  private Person person(TestServer here, TestServer there, boolean administrator) {
    String email = "ends" + people++ + "-" + Long.toHexString(random.nextLong()) + "@lab.example";
    TestClient user = here.newUser(email);
    String id = user.get("/users/me").json().get("id").asString();
    if (administrator) {
      here.admin().patch("/users/" + id, json("role", "admin")).expect(200);
    }
    List<Held> logins =
        List.of(
            jwt(there, email),
            cookie(here, email, "harvest cookie", "/auth/cookie/login", form(email), 204),
            cookie(there, email, "backup cookie", "/api/auth/login", form(email), 200),
            cookie(
                here,
                email,
                "kept cookie",
                "/api/auth/login",
                form(email) + "&remember_me=true",
                200),
            page(there, email));
    String scope = administrator ? "admin" : "operate";
    String key =
        user.post("/api/keys", json("name", "k", "scope", scope))
            .expect(201)
            .json()
            .at("/data/key")
            .asString();
    return new Person(email, id, logins, new Held("API key", "Authorization", "Bearer " + key));
  }

  private static String password(String email) {
    return "a password of " + email;
  }

  private static String form(String email) {
    return "username=" + email + "&password=" + password(email).replace(' ', '+');
  }

  private Held jwt(TestServer server, String email) {
    String token = server.anonymous().signIn(email, password(email));
    assertThat(issued.add(token)).as("a token of its own").isTrue();
    return new Held("token", "Authorization", "Bearer " + token);
  }

  private Held cookie(
      TestServer server, String email, String kind, String path, String form, int status) {
    return new Held(kind, "Cookie", pair(server, signIn(server, path, form, ""), status));
  }

  private static Answer signIn(TestServer server, String path, String form, String cookie) {
    TestClient client = server.anonymous();
    HttpRequest.Builder request = client.request(path).header("Content-Type", FORM);
    if (!cookie.isEmpty()) {
      request.header("Cookie", cookie);
    }
    return client.send(request.POST(BodyPublishers.ofString(form)).build());
  }

  /** The cookie that was set, which has to be new, and kept from scripts and other sites. */
  private String pair(TestServer server, Answer in, int status) {
    String set =
        in.expect(status).response().headers().allValues("Set-Cookie").stream()
            .filter(one -> one.matches("(auth_token|streamweave_auth)=.*"))
            .findFirst()
            .orElseThrow();
    boolean secure = server.data().startsWith(folder.resolve("second"));
    assertThat(set).contains("; HttpOnly", "; SameSite=Lax", "; Path=/").doesNotContain("Domain");
    assertThat(set.contains("; Secure")).as(set).isEqualTo(secure);
    String pair = set.split(";", 2)[0];
    assertThat(issued.add(pair)).as("a cookie of its own").isTrue();
    return pair;
  }

  private Held page(TestServer server, String email) {
    Answer shown = server.anonymous().get("/ui/login").expect(200);
    String cookie = shown.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    Matcher token = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(shown.text());
    assertThat(token.find()).isTrue();
    String form = form(email).replace("username=", "email=") + "&_csrf=" + token.group(1);
    return new Held(
        "page's cookie", "Cookie", pair(server, signIn(server, "/ui/login", form, cookie), 302));
  }

  /** Whoever gives somebody a cookie before they sign in has nothing in hand afterwards. */
  private void fixation(TestServer server) {
    Person attacker = person(server, server, false);
    String victim = "victim" + Long.toHexString(random.nextLong()) + "@lab.example";
    server.newUser(victim);
    List<String> planted = new ArrayList<>(List.of("auth_token=chosen", "streamweave_auth=chosen"));
    attacker.logins().stream()
        .filter(one -> one.header().equals("Cookie"))
        .forEach(one -> planted.add(one.value()));
    for (String cookie : planted) {
      String own = pair(server, signIn(server, "/api/auth/login", form(victim), cookie), 200);
      assertThat(new Held("own", "Cookie", own).ask(server, "/users/me").expect(200).text())
          .contains(victim);
      Answer seen = new Held("planted", "Cookie", cookie).ask(server, "/users/me");
      assertThat(seen.text()).doesNotContain(victim);
      assertThat(seen.status()).isEqualTo(cookie.endsWith("=chosen") ? 401 : 200);
    }
  }
}
