// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What pages of other sites may read: those of the trusted origins, and no others. */
class OtherOriginsTest {

  private static final String ALLOWED = "Access-Control-Allow-Origin";
  private static final List<String> CLOSED =
      List.of(
          "/api/v1/sync/probes",
          "/api/v1/auth/local/api-tokens",
          "/dav/x",
          "/ui/files",
          "/",
          "/health",
          "/metrics",
          "/openapi.json",
          "/favicon.ico");

  private final TestServer server = DoorProbes.server();
  private final TestClient anonymous = server.anonymous();

  private static Answer ask(TestClient client, String method, String path, String origin) {
    var request =
        client
            .request(path)
            .header("Origin", origin)
            .header("Sec-Fetch-Site", "cross-site")
            .method(method, BodyPublishers.noBody());
    if (method.equals("OPTIONS")) {
      request
          .header("Access-Control-Request-Method", "DELETE")
          .header("Access-Control-Request-Headers", "authorization,content-type");
    }
    return client.send(request.build());
  }

  private static boolean saysAnything(Answer answer) {
    return answer.response().headers().map().keySet().stream()
        .anyMatch(name -> name.toLowerCase(Locale.ROOT).startsWith("access-control-"));
  }

  private static boolean variesByOrigin(Answer answer) {
    return answer.response().headers().allValues("Vary").contains("Origin");
  }

  @ParameterizedTest
  @EnumSource(names = {"HARVEST", "BACKUP", "WORKSPACES", "QUERY", "SESSION"})
  void what_a_browser_asks_beforehand_for_a_trusted_page_is_granted(Family family) {
    Answer answer = ask(anonymous, "OPTIONS", DoorProbes.path(family), DoorProbes.TRUSTED);

    assertThat(answer.status()).isEqualTo(204);
    assertThat(answer.bytes()).isEmpty();
    assertThat(answer.header(ALLOWED)).hasValue(DoorProbes.TRUSTED);
    assertThat(answer.header("Access-Control-Allow-Credentials")).hasValue("true");
    assertThat(answer.header("Access-Control-Allow-Methods").orElseThrow())
        .contains("DELETE", "PATCH")
        .doesNotContain("*");
    assertThat(answer.header("Access-Control-Allow-Headers").orElseThrow())
        .contains("Authorization", "Content-Type")
        .doesNotContain("*");
    assertThat(variesByOrigin(answer)).isTrue();
  }

  @Test
  void a_trusted_page_may_read_answers_and_failures_alike() {
    TestClient admin = server.admin();
    for (String path :
        List.of(
            "/api/files",
            "/api/schedules",
            "/api/probes/x",
            "/api/nothing",
            "/api/files/a;b",
            "/api/files?x=" + "y".repeat(20_000),
            "/api/instruments/")) {
      Answer answer = ask(admin, "GET", path, DoorProbes.TRUSTED);
      assertThat(answer.header(ALLOWED)).as(path).hasValue(DoorProbes.TRUSTED);
      assertThat(answer.header("Access-Control-Expose-Headers").orElseThrow())
          .contains("X-Total-Count", "X-Request-Id");
      assertThat(variesByOrigin(answer)).isTrue();
    }
    assertThat(ask(anonymous, "GET", "/api/files", DoorProbes.TRUSTED).status()).isEqualTo(401);
    assertThat(ask(anonymous, "GET", "/api/files", DoorProbes.TRUSTED + ":8443").header(ALLOWED))
        .hasValue(DoorProbes.TRUSTED + ":8443");
  }

  @Test
  void a_trusted_page_may_act_for_whoever_is_signed_in_and_another_may_not() {
    String form = "username=admin%40example.com&password=correct+horse+battery";
    String cookie =
        anonymous
            .send(
                anonymous
                    .request("/auth/cookie/login")
                    .header("Content-Type", "application/x-www-form-urlencoded")
                    .POST(BodyPublishers.ofString(form))
                    .build())
            .expect(204)
            .header("Set-Cookie")
            .orElseThrow()
            .split(";", 2)[0];

    assertThat(change(cookie, DoorProbes.TRUSTED).status()).isEqualTo(200);
    assertThat(change(cookie, "https://evil.example").status()).isEqualTo(403);
  }

  private Answer change(String cookie, String origin) {
    return anonymous.send(
        anonymous
            .request(DoorProbes.path(Family.BACKUP))
            .header("Cookie", cookie)
            .header("Origin", origin)
            .header("Sec-Fetch-Site", "cross-site")
            .header("Content-Type", "application/json")
            .POST(BodyPublishers.ofString("{\"name\":\"x\"}"))
            .build());
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "https://evil.example",
        "null",
        "http://pages.lab.example",
        "https://pages.lab.example:444",
        "https://pages.lab.example.evil.example",
        "https://evil-pages.lab.example",
        "https://lab.example",
        "https://other@evil.example",
        "*",
        "pages.lab.example"
      })
  void no_other_page_may_read_anything(String origin) {
    for (Family family :
        List.of(Family.HARVEST, Family.BACKUP, Family.WORKSPACES, Family.QUERY, Family.SESSION)) {
      for (String method : List.of("GET", "OPTIONS")) {
        Answer answer = ask(anonymous, method, DoorProbes.path(family), origin);
        assertThat(saysAnything(answer)).as("%s %s", method, family).isFalse();
        assertThat(variesByOrigin(answer)).isTrue();
        assertThat(answer.status()).isEqualTo(401);
      }
    }
  }

  @Test
  void the_sync_api_and_our_own_pages_tell_nobody_else_anything() {
    for (String path : CLOSED) {
      for (String method : List.of("GET", "OPTIONS")) {
        assertThat(saysAnything(ask(anonymous, method, path, DoorProbes.TRUSTED)))
            .as("%s %s", method, path)
            .isFalse();
      }
    }
  }

  @Test
  void without_the_setting_nothing_is_said_at_all() {
    for (String method : List.of("GET", "OPTIONS")) {
      Answer answer =
          ask(TestServer.shared().anonymous(), method, "/api/files", DoorProbes.TRUSTED);
      assertThat(saysAnything(answer)).isFalse();
      assertThat(variesByOrigin(answer)).isFalse();
    }
  }
}
