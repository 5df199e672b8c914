// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.oauth2.sdk.pkce.CodeChallenge;
import com.nimbusds.oauth2.sdk.pkce.CodeChallengeMethod;
import com.nimbusds.oauth2.sdk.pkce.CodeVerifier;
import io.entrepot.server.AdjustableClock;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** Signing in through a provider at a server without passwords, as a browser does it. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class OpenIdSignInTest {

  private static final String ADDRESS = "https://entrepot.example";

  private final TestProvider provider = new TestProvider();
  private final TestServer server = start();
  private final Map<String, Object> usual = Map.copyOf(provider.claims);

  private TestServer start() {
    return TestServer.start(
        AdjustableClock.ahead(Duration.ZERO),
        "--entrepot.sync.local-callers=true",
        "--entrepot.address=" + ADDRESS,
        "--entrepot.openid.issuer=" + provider.issuer(),
        "--entrepot.openid.client-id=" + TestProvider.CLIENT,
        "--entrepot.openid.client-secret=" + TestProvider.SECRET,
        "--entrepot.openid.name=the institute",
        "--entrepot.openid.groups.admin=it",
        "--entrepot.openid.groups.standard=scientists",
        "--entrepot.login.local-accounts=false");
  }

  @BeforeEach
  void asUsual() {
    provider.claims.clear();
    provider.claims.putAll(usual);
  }

  @AfterAll
  void close() {
    server.close();
    provider.close();
  }

  /** Keeps cookies and goes where it is sent, as a browser does. */
  private final class Browser {
    private final Map<String, String> cookies = new TreeMap<>();

    Answer send(String method, String path, String body) {
      TestClient client = server.anonymous();
      StringBuilder all = new StringBuilder();
      cookies.forEach((name, value) -> all.append(name + "=" + value + "; "));
      var request = client.request(path).method(method, BodyPublishers.ofString(body));
      request.header("User-Agent", "Firefox of a test");
      if (!body.isEmpty()) {
        request.header("Content-Type", "application/x-www-form-urlencoded");
      }
      if (!all.isEmpty()) {
        request.header("Cookie", all.toString());
      }
      Answer answer = client.send(request.build());
      for (String set : answer.response().headers().allValues("Set-Cookie")) {
        String[] pair = set.split(";", 2)[0].split("=", 2);
        if (set.contains("Max-Age=0")) {
          cookies.remove(pair[0]);
        } else {
          cookies.put(pair[0], pair[1]);
        }
      }
      return answer;
    }

    Answer get(String path) {
      return send("GET", path, "");
    }

    /** To the provider and back to the server's own address, less the host it calls itself. */
    String returning(String next) {
      Answer away = get("/ui/login/openid?next=" + next).expect(302);
      URI target = URI.create(away.header("Location").orElseThrow());
      assertThat(target.toString()).startsWith(provider.issuer() + "/authorize?");
      TestClient there = new TestClient(provider.at("/"), Optional.empty());
      Answer back = there.get(target.toString()).expect(302);
      String location = back.header("Location").orElseThrow();
      assertThat(location).startsWith(ADDRESS + "/ui/login/openid/return?");
      return location.substring(ADDRESS.length());
    }

    Answer signIn() {
      return get(returning("/ui/files"));
    }
  }

  private Browser administrator() {
    provider.claims.put("sub", "boss");
    provider.claims.put("email", "boss@lab.example");
    provider.claims.put("groups", List.of("it"));
    Browser browser = new Browser();
    browser.signIn().expect(302);
    return browser;
  }

  @Test
  void somebody_signs_in_is_listed_among_those_who_are_and_signs_out() {
    Browser browser = new Browser();
    assertThat(browser.get("/ui/login?next=/ui/files").text())
        .contains("Sign in with the institute", "/ui/login/openid?next=")
        .doesNotContain("type=\"password\"", "/ui/recovery");

    Answer in = browser.signIn().expect(302);
    assertThat(in.header("Location").orElseThrow()).endsWith("/ui/files");
    assertThat(browser.cookies)
        .containsKey("streamweave_auth")
        .doesNotContainKey("entrepot_openid");
    assertThat(browser.get("/users/me").json().get("email").asString())
        .isEqualTo("ilse@lab.example");
    Answer sessions = browser.get("/api/auth/sessions").expect(200);
    assertThat(sessions.json().at("/data/0/device").asString()).isEqualTo("Firefox of a test");
    assertThat(sessions.json().at("/data/0/kind").asString()).isEqualTo("cookie");
    String page = browser.get("/ui/sessions").expect(200).text();
    Matcher form = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"").matcher(page);
    assertThat(form.find()).isTrue();
    Answer out = browser.send("POST", "/ui/logout", "_csrf=" + form.group(1)).expect(302);

    assertThat(browser.get(URI.create(out.header("Location").orElseThrow()).toString()).text())
        .contains("You are signed out here. the institute may still know you:");
    assertThat(browser.get("/users/me").status()).isEqualTo(401);
    assertThat(browser.get("/ui/login/openid/leave").expect(302).header("Location").orElseThrow())
        .startsWith(provider.issuer() + "/logout?");
  }

  @Test
  void such_a_sign_in_is_on_record_and_an_administrator_ends_it() {
    provider.claims.put("sub", "eve");
    provider.claims.put("email", "eve@lab.example");
    Browser eve = new Browser();
    eve.signIn().expect(302);
    Browser boss = administrator();

    Answer all = boss.get("/api/auth/sessions?all=true").expect(200);
    String session = "";
    for (var row : all.json().get("data")) {
      if (row.toString().contains("eve@lab.example")) {
        session = row.get("id").asString();
      }
    }
    boss.send("DELETE", "/api/auth/sessions/" + session, "").expect(204);
    assertThat(eve.get("/users/me").status()).isEqualTo(401);
    assertThat(boss.get("/api/admin/audit-logs?action=login").expect(200).text())
        .contains("eve@lab.example", "boss@lab.example");
  }

  @Test
  void the_role_is_looked_at_anew_and_who_has_none_is_told_so() {
    provider.claims.put("sub", "ann");
    provider.claims.put("email", "ann@lab.example");
    Browser ann = new Browser();
    ann.signIn().expect(302);
    assertThat(ann.get("/api/admin/users").status()).isEqualTo(403);
    provider.claims.put("groups", List.of("scientists", "it"));
    ann.signIn().expect(302);
    assertThat(ann.get("/api/admin/users").status()).isEqualTo(200);

    provider.claims.put("groups", List.of("guests"));
    Browser again = new Browser();
    Answer refused = again.signIn();
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("None of your groups", "Try the institute again");
    assertThat(again.cookies).doesNotContainKey("streamweave_auth");
    assertThat(ann.get("/api/admin/audit-logs?action=login_failed").expect(200).text())
        .contains("login_failed");
  }

  @Test
  void an_account_that_is_here_already_is_not_taken_over_by_its_address() {
    provider.claims.put("sub", "stranger");
    provider.claims.put("email", TestServer.ADMIN_EMAIL);
    Browser stranger = new Browser();
    Answer refused = stranger.signIn();
    assertThat(refused.status()).isEqualTo(403);
    assertThat(refused.text()).contains("does not belong to this sign-in");
    assertThat(stranger.cookies).doesNotContainKey("streamweave_auth");
  }

  @Test
  void an_answer_that_was_not_asked_for_comes_twice_or_is_not_believed_signs_nobody_in() {
    Browser browser = new Browser();
    String back = browser.returning("//elsewhere.example");
    assertThat(new Browser().get(back).status()).isEqualTo(400);
    assertThat(browser.get(back).expect(302).header("Location").orElseThrow()).endsWith("/ui/");
    Answer twice = browser.get(back);
    assertThat(twice.status()).isEqualTo(400);
    assertThat(twice.text()).contains("another window");

    provider.signing = TestProvider.Signing.NONE;
    try {
      Answer forged = new Browser().signIn();
      assertThat(forged.status()).isEqualTo(502);
      assertThat(forged.text()).contains("cannot sign anybody in").doesNotContain("Exception");
    } finally {
      provider.signing = TestProvider.Signing.PROPER;
    }
  }

  @Test
  void a_browser_that_began_nothing_is_not_signed_in_by_what_somebody_else_began()
      throws Exception {
    for (String guess : List.of("none", "null")) {
      Attempt begun = new Attempt(guess);
      String challenge =
          CodeChallenge.compute(CodeChallengeMethod.S256, new CodeVerifier(begun.verifier()))
              .getValue();
      Answer code =
          new TestClient(provider.at("/"), Optional.empty())
              .get(
                  provider.issuer()
                      + "/authorize?client_id=entrepot&response_type=code"
                      + "&code_challenge_method=S256&code_challenge="
                      + challenge
                      + "&nonce="
                      + begun.nonce()
                      + "&state="
                      + begun.state()
                      + "&redirect_uri="
                      + ADDRESS
                      + "/ui/login/openid/return")
              .expect(302);
      Browser victim = new Browser();
      Answer refused =
          victim.get(code.header("Location").orElseThrow().substring(ADDRESS.length()));

      assertThat(refused.status()).as(guess).isEqualTo(400);
      assertThat(refused.text()).contains("another window");
      assertThat(victim.cookies).doesNotContainKey("streamweave_auth");
    }
  }

  @Test
  void passwords_open_no_door_and_each_says_so_in_its_own_shape() {
    TestClient anonymous = server.anonymous();
    String off = "Accounts with a password are switched off here. Sign in with the institute";
    String known =
        "{\"username\":\"%s\",\"user_name\":\"%s\",\"email\":\"%s\",\"password\":\"%s\",\"token\":\"x\"}"
            .formatted(
                TestServer.ADMIN_EMAIL,
                TestServer.ADMIN_EMAIL,
                TestServer.ADMIN_EMAIL,
                TestServer.ADMIN_PASSWORD);
    for (String path : List.of("/auth/register", "/auth/forgot-password", "/auth/reset-password")) {
      assertThat(anonymous.post(path, known).expect(403).json().get("detail").asString())
          .as(path)
          .startsWith(off);
    }
    Browser browser = new Browser();
    String form = "username=" + TestServer.ADMIN_EMAIL + "&password=correct+horse+battery";
    for (String path : List.of("/auth/jwt/login", "/auth/cookie/login")) {
      assertThat(browser.send("POST", path, form).expect(403).json().get("detail").asString())
          .as(path)
          .startsWith(off);
    }
    Answer backup = anonymous.post("/api/auth/login", known).expect(403);
    assertThat(backup.json().at("/error/code").asString()).isEqualTo("FORBIDDEN");
    assertThat(backup.json().at("/error/message").asString()).startsWith(off);
    Answer sync = anonymous.put("/api/v1/auth/local/session", known).expect(403);
    assertThat(sync.json().get("error").asString()).isEqualTo("forbidden");
    assertThat(sync.json().get("detail").asString()).startsWith(off);
    assertThat(browser.get("/ui/recovery").expect(403).text()).contains(off);
    browser.get("/ui/login");
    assertThat(browser.cookies).doesNotContainKey("streamweave_auth");
  }

  @Test
  void a_provider_that_is_down_is_told_of_on_a_page_and_asked_again() {
    AdjustableClock clock = server.part(AdjustableClock.class);
    clock.advance(Duration.ofMinutes(61));
    provider.moved = true;
    Answer down = new Browser().get("/ui/login/openid");
    assertThat(down.status()).isEqualTo(502);
    assertThat(down.text())
        .contains("You are not signed in", "the institute cannot sign anybody in here just now")
        .doesNotContain("Exception", provider.issuer());

    provider.moved = false;
    clock.advance(Duration.ofSeconds(4));
    new Browser().signIn().expect(302);
  }
}
