// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.RawAnswer;
import io.entrepot.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * Identifiers of the sync API hold slashes, escaped as {@code %2F}: they arrive as they were meant,
 * and are no way out of that API or past who may call what.
 */
class SyncIdentifiersTest {

  private static final String PROBE = DoorProbes.path(Family.SYNC) + "/";
  private static final JsonMapper JSON = new JsonMapper();

  private static TestServer server;
  private static String token;

  @BeforeAll
  static void somebody_signs_in() {
    server = DoorProbes.server();
    token = server.anonymous().signIn(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
  }

  private static RawAnswer get(String target, boolean signedIn) throws IOException {
    String request =
        "GET "
            + target
            + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
            + (signedIn ? "Authorization: Bearer " + token + "\r\n" : "")
            + "\r\n";
    byte[] bytes = request.getBytes(StandardCharsets.ISO_8859_1);
    return RawAnswer.first(RawAnswer.exchange("127.0.0.1", server.port(), bytes, false));
  }

  private static String word(RawAnswer answer) {
    return JSON.readTree(answer.body()).path("error").asString("");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          a%2Fb | a/b
          a%2fb%20c | a/b c
          %2F | /
          %2Fdata%2Frun%201%2F | /data/run 1/
          a%2F%2Fb | a//b
          a%252Fb | a%2Fb
          %252e%252e | %2e%2e
          100%25 | 100%
          ...%2F..x | .../..x
          %C3%A9%2F%E2%82%AC | é/€
          a+b | a+b
          """)
  void an_identifier_is_decoded_once(String sent, String meant) throws IOException {
    RawAnswer answer = get(PROBE + sent, true);

    assertThat(answer.status()).as(answer.body()).isEqualTo(200);
    String body =
        new String(answer.body().getBytes(StandardCharsets.ISO_8859_1), StandardCharsets.UTF_8);
    assertThat(JSON.readTree(body).get("id").asString()).isEqualTo(meant);
    assertThat(get(PROBE + sent, false).status()).isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "%2e%2e", "..", ".", "%2e", ".%2e", "a%2F..%2Fb", "a%2F%2e%2e", "%2e%2e%2Fx", "..%2F..%2Fx",
        "a%2F.%2Fb", "a%5Cb", "a\\b", "a%2F..%5Cb", "a;b", "a%3Bb", "..;%2Fx", "a//b", "/a",
        "a%2F/b", "a%0Ab", "a%2F%00", "%ff", "a%2F%c0%af", "%", "%2", "%zz"
      })
  void a_spelling_that_could_lead_elsewhere_is_refused(String sent) throws IOException {
    for (boolean signedIn : new boolean[] {true, false}) {
      RawAnswer answer = get(PROBE + sent, signedIn);
      assertThat(answer.status()).as(answer.body()).isIn(400, signedIn ? 404 : 401);
    }
  }

  @Test
  void an_endpoint_is_found_by_its_decoded_segments_and_by_no_others() throws IOException {
    String tokens = "/api/v1/auth/local/api-tokens/";

    assertThat(word(get(tokens + "a%2Fb/check", true))).isEqualTo("token_not_found");
    assertThat(get(tokens + "a%2Fb/check", false).status()).isEqualTo(401);
    assertThat(word(get(tokens + "a%2Fcheck", true))).isEqualTo("method_not_allowed");
    assertThat(word(get(tokens + "a%2F..%2Fcheck", true))).isEqualTo("bad_request");
  }

  /** To where the path would lead if it were decoded first and cut afterwards. */
  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/v1/sync%2Fprobes/x",
        "/api/v1/sync/probes%2Fx",
        "/api/v1%2Fsync/probes/x",
        "/api%2Fv1/sync/probes/x",
        "/api%2Fv1%2Fsync%2Fprobes%2Fx",
        "/api/v1/sync%2F..%2F..%2Finstruments",
        "/api/v1/sync/..%2F..%2Finstruments",
        "/api/v1/sync/..%2F..%2F..%2Fapi%2Finstruments",
        "/api/v1/sync/%2e%2e%2f%2e%2e%2finstruments",
        "/api/v1/sync/%2e%2e/%2e%2e/instruments",
        "/api/v1/sync/../../instruments",
        "/api/v1/sync/%252e%252e/%252e%252e/instruments",
        "/api/v1/sync/..%252F..%252Finstruments",
        "/api/v1/sync/..;/..;/instruments",
        "/api/v1/sync/..%5C..%5Cinstruments",
        "/api/v1/scopes/..%2F..%2Finstruments",
        "/api/v1/admin/..%2F..%2F..%2Fhealth",
        "/api/v1/sync/%2Fapi%2Finstruments",
        "/api/v1/sync//api/instruments",
        "/api/v1/sync/probes/..%2F..%2F..%2F..%2Fui%2Fassets%2Fmark.svg",
        "/api/v1/sync/%2e%2e%2f%2e%2e%2f%2e%2e%2fetc%2fpasswd",
      })
  void a_hidden_slash_is_no_way_into_another_api(String target) throws IOException {
    assertThat(get(target, true).status()).isIn(400, 404);
    assertThat(get(target, false).status()).isIn(400, 401, 404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/probes/",
        "/api/system/probes/",
        "/api/v1/probes/",
        "/api/v1/entities/probes/",
        "/api/v3/probes/",
        "/api/files/",
        "/dav/",
        "/ui/files/",
        "/ui/assets/",
        "/webjars/",
        "/health/",
        "/uploads/",
        "/ark:/99999/"
      })
  void every_other_door_refuses_a_hidden_slash(String path) throws IOException {
    for (String name :
        new String[] {"a%2Fb", "a%2fb", "%2F", "a%252Fb", "a%25252fb", "%252e%252E"}) {
      assertThat(get(path + name, true).status()).as(name).isEqualTo(400);
    }
  }

  @Test
  void a_percent_sign_is_a_name_where_files_are_named_and_nowhere_else() throws IOException {
    assertThat(get("/api/v1/probes/100%25", true).status()).isEqualTo(200);
    assertThat(get("/api/v1/entities/probes/100%25", true).status()).isEqualTo(200);
    assertThat(get("/api/probes/100%25", true).status()).isEqualTo(400);
    assertThat(get("/ui/files/100%25", true).status()).isEqualTo(400);
  }
}
