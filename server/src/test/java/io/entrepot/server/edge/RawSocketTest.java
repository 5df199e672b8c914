// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.RawAnswer;
import io.entrepot.server.TestServer;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests that no proper client would send, byte by byte: each still gets an answer in JSON. */
class RawSocketTest {

  /** The status code and the body. */
  private record Answer(int status, String head, String body) {

    Answer isJsonWithoutStackTrace() {
      assertThat(head.toLowerCase(java.util.Locale.ROOT))
          .contains("content-type: application/json")
          .doesNotContain("server:");
      assertThat(body)
          .startsWith("{")
          .contains("\"detail\":")
          .doesNotContain("Exception")
          .doesNotContain("at io.")
          .doesNotContain("at org.");
      return this;
    }
  }

  private static Answer send(String request) throws IOException {
    return send(request.getBytes(StandardCharsets.ISO_8859_1));
  }

  private static Answer send(byte[] request) throws IOException {
    return parsed(RawAnswer.exchange("127.0.0.1", TestServer.shared().port(), request, false));
  }

  private static Answer parsed(String text) {
    int end = text.indexOf("\r\n\r\n");
    assertThat(end).as("an answer with a head, not: %s", text).isPositive();
    return new Answer(
        Integer.parseInt(text.substring(9, 12)), text.substring(0, end), text.substring(end + 4));
  }

  private static String get(String target) {
    return "GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n";
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/instruments/%2e%2e/files",
        "/api/../health",
        "/api/instruments/..;/x",
        "/api//instruments",
        "/api/instruments/%2F",
        "/api/instruments/a%5Cb",
        "/api/instruments/%252e",
        "/api/instruments/%0A",
        "/api/instruments/\\",
      })
  void an_unclean_path_is_refused_in_the_familys_shape(String target) throws IOException {
    Answer answer = send(get(target)).isJsonWithoutStackTrace();

    assertThat(answer.status()).isIn(400, 401);
    assertThat(answer.body()).startsWith("{\"detail\":\"").doesNotContain("\"error\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/instruments/%ff",
        "/api/instruments/%c3%28",
        "/api/instruments/\u00e4",
        "/api/instruments/%00",
        "/api/instruments/%zz",
        "/api/instruments/%",
        "/../../etc/passwd",
      })
  void broken_escapes_and_bytes_outside_ascii_are_refused(String target) throws IOException {
    Answer answer = send(get(target)).isJsonWithoutStackTrace();

    assertThat(answer.status()).isIn(400, 401);
  }

  @Test
  void a_control_character_in_a_header_that_is_looked_at_late_is_the_callers_fault()
      throws IOException {
    Answer answer =
        send("POST /auth/register HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n"
                + "Content-Type: application/json\u0001\r\nContent-Length: 2\r\n\r\n{}")
            .isJsonWithoutStackTrace();

    assertThat(answer.status()).isIn(400, 415);
  }

  @Test
  void a_path_that_names_another_host_is_not_redirected_to() throws IOException {
    Answer answer = send(get("//example.com/api/files/")).isJsonWithoutStackTrace();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.head()).doesNotContain("example.com");
  }

  @Test
  void a_path_in_disguise_belongs_to_the_family_it_is_served_by() throws IOException {
    assertThat(send(get("/%61pi/instruments")).status()).isEqualTo(401);
    assertThat(send(get("/%61pi/v1/workspaces/x")).body()).contains("\"error\":\"unauthorized\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "GET /api/instruments HTTP/1.1\r\n\r\n",
        "GET /api/instruments HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n",
        "GET /api/instruments HTTP/1.1\r\nHost: a\r\nno colon here\r\n\r\n",
        "GET /api/instruments HTTP/1.1\r\nHost: a\nX: b\r\n\r\n",
        "GET /api/instruments HTTP/1.1\r\nHost: a\r\n\u0001: x\r\n\r\n",
        "GET /api/instruments HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        "GET /api/instruments HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n"
            + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
      })
  void a_broken_header_is_refused_in_the_familys_shape(String request) throws IOException {
    Answer answer = send(request).isJsonWithoutStackTrace();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"detail\":\"").doesNotContain("\"error\"");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "complete nonsense\r\n\r\n",
        "GET /api/\u0000 HTTP/1.1\r\nHost: a\r\n\r\n",
        "GET /api HTTP/9.9\r\nHost: a\r\n\r\n",
        "\u0016\u0003\u0001\u0002\u0000\u0001\u0000\u0001\u00fc\r\n\r\n",
      })
  void what_is_not_http_at_all_is_answered_for_every_family_at_once(String request)
      throws IOException {
    Answer answer = send(request).isJsonWithoutStackTrace();

    assertThat(answer.status()).isIn(400, 505);
    assertThat(answer.body()).contains("\"message\":").contains("\"error\":");
  }

  @Test
  void a_request_line_longer_than_its_door_has_a_use_for_is_414() throws IOException {
    Answer answer = send(get("/api/files?x=" + "y".repeat(20_000))).isJsonWithoutStackTrace();

    assertThat(answer.status()).isEqualTo(414);
    assertThat(answer.body()).doesNotContain("\"error\"");
  }

  @Test
  void a_request_line_of_five_megabytes_is_414() throws IOException {
    assertThat(send(get("/api/files?x=" + "y".repeat(5_000_000))).status()).isEqualTo(414);
  }

  @Test
  void headers_larger_than_their_door_has_a_use_for_are_431() throws IOException {
    Answer answer =
        send("GET /api/files HTTP/1.1\r\nHost: a\r\nX-Much: " + "y".repeat(100_000) + "\r\n\r\n")
            .isJsonWithoutStackTrace();

    assertThat(answer.status()).isEqualTo(431);
  }

  @Test
  void a_hundred_thousand_headers_are_431_before_anybody_grows_tired() throws IOException {
    StringBuilder headers = new StringBuilder();
    for (int i = 0; i < 100_000; i++) {
      headers.append("X-").append(i).append(": y\r\n");
    }
    Answer answer =
        send("GET /api/files HTTP/1.1\r\nHost: a\r\n" + headers + "\r\n").isJsonWithoutStackTrace();

    assertThat(answer.status()).isEqualTo(431);
  }

  @Test
  void an_unknown_method_is_405_and_never_echoed() throws IOException {
    for (String method : new String[] {"TRACE", "BREW", "PROPFIND"}) {
      Answer answer =
          send(method + " /api/files HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")
              .isJsonWithoutStackTrace();
      assertThat(answer.status()).isEqualTo(405);
      assertThat(answer.body()).isEqualTo("{\"detail\":\"Method Not Allowed\"}");
    }
  }

  @Test
  void a_large_body_without_a_credential_is_401_and_not_waited_for() throws IOException {
    Answer answer =
        send(
            "POST /api/instruments HTTP/1.1\r\nHost: a\r\nContent-Type: application/json\r\n"
                + "Content-Length: 900000000\r\n\r\n{");

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.body()).isEqualTo("{\"detail\":\"Unauthorized\"}");
  }
}
