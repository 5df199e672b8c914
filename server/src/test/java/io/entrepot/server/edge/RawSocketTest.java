// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.server.RawAnswer;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** Requests that no proper client would send, byte by byte: each still gets an answer in JSON. */
class RawSocketTest {

  private static final TestServer SERVER = DoorProbes.server();
  private static final String TOKEN =
      SERVER.anonymous().signIn(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
  private static final JsonMapper JSON = new JsonMapper();

  /** The status code and the body. */
  private record Answer(int status, String head, String body) {

    Answer isJsonWithoutStackTrace() {
      assertThat(head.toLowerCase(Locale.ROOT))
          .contains("content-type: application/json")
          .containsPattern("\r\nx-request-id: [0-9a-f]{24}")
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
    return parsed(RawAnswer.exchange("127.0.0.1", SERVER.port(), request, false));
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
        "/api/instruments/\u00e4",
        "/api/instruments/%00",
        "/api/instruments/%zz",
        "/api/instruments/%",
        "/api/../../etc/passwd",
        "http://localhost/api/instruments/%zz?x",
      })
  void an_unclean_path_is_refused_in_the_familys_shape(String target) throws IOException {
    Answer answer = send(get(target)).isJsonWithoutStackTrace();

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.body()).startsWith("{\"detail\":\"").doesNotContain("\"error\"");
  }

  /** That contract has 401 before anything else; only what is no path at all comes before it. */
  @ParameterizedTest
  @CsvSource({
    "TRACE, /x, 405",
    "BREW, /x, 405",
    "PROPFIND, /x/y/z, 405",
    "GET, /%2e%2e, 400",
    "GET, /../health, 400",
    "GET, /x/./y, 400",
    "GET, /..;/x, 400",
    "GET, /x;y, 400",
    "GET, //x, 400",
    "GET, /%2F, 400",
    "GET, /a%5Cb, 400",
    "GET, /%252e, 400",
    "GET, /100%25, 200",
    "GET, /%0A, 400",
    "GET, /\\, 400",
    "GET, /%ff, 400",
  })
  void the_workspaces_door_asks_who_it_is_before_it_says_what_is_wrong(
      String method, String rest, int status) throws IOException {
    for (Family family : List.of(Family.WORKSPACES, Family.QUERY)) {
      String start =
          method + " " + DoorProbes.path(family) + rest + " HTTP/1.1\r\nHost: localhost\r\n";
      Answer nobody = send(start + "Connection: close\r\n\r\n");
      Answer known =
          send(start + "Authorization: Bearer " + TOKEN + "\r\nConnection: close\r\n\r\n");

      assertThat(nobody.status()).isEqualTo(401);
      assertThat(nobody.body()).startsWith("{\"error\":\"unauthorized\"");
      assertThat(known.status()).isEqualTo(status);
      assertThat(known.body()).doesNotContain(TOKEN);
    }
  }

  /** Two programs may read such a body differently. */
  @Test
  void the_workspaces_door_takes_no_body_that_has_a_member_twice() throws IOException {
    for (Family family :
        List.of(Family.HARVEST, Family.BACKUP, Family.SYNC, Family.SESSION, Family.WORKSPACES)) {
      for (String body :
          List.of(
              "{\"name\":\"a\",\"name\":\"bc\"}", "{\"name\":\"bc\",\"x\":{\"y\":1,\"y\":2}}")) {
        Answer answer = send(Failure.sent(family, "application/json", body));
        if (family == Family.WORKSPACES) {
          assertThat(answer.status()).isEqualTo(400);
          assertThat(answer.body()).startsWith("{\"error\":\"invalid_parameter\"");
        } else {
          assertThat(answer.body()).as("%s", family).isEqualTo("{\"length\":\"2\"}");
        }
      }
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/instruments/%ff",
        "/api/instruments/%c3%28",
      })
  void an_escape_that_is_no_text_is_told_only_to_who_is_known(String target) throws IOException {
    Answer answer = send(get(target)).isJsonWithoutStackTrace();

    assertThat(answer.status()).isEqualTo(401);
  }

  @ParameterizedTest
  @CsvSource({
    "/ui/%zz, text/html;charset=utf-8",
    "/dav/%zz, application/xml;charset=utf-8",
    "/%zz, application/json",
    "/../api/files, application/json",
  })
  void pages_and_drives_are_told_of_a_broken_path_in_their_way_too(String target, String type)
      throws IOException {
    Answer answer = send(get(target));

    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.head().toLowerCase(Locale.ROOT)).contains("content-type: " + type);
  }

  @Test
  void a_request_that_cannot_be_read_is_not_told_in_the_words_of_the_one_before_it()
      throws IOException {
    String first = "GET /api/files HTTP/1.1\r\nHost: localhost\r\n\r\n";
    List<RawAnswer> answers =
        RawAnswer.all(
            RawAnswer.exchange(
                "127.0.0.1",
                SERVER.port(),
                (first + "GET /api/ x y HTTP/1.1\r\n\r\n").getBytes(StandardCharsets.ISO_8859_1),
                false));

    assertThat(answers).extracting(RawAnswer::status).containsExactly(401, 400);
    assertThat(answers.getLast().body()).contains("\"message\":", "\"error_code\":");
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

  /** What goes wrong with a request at any door, and how such a request is written. */
  enum Failure {
    NOBODY,
    MADE_UP_TOKEN,
    OTHER_SITE,
    NO_SUCH_PATH,
    WRONG_METHOD,
    ODD_METHOD,
    DOT_SEGMENT,
    SEMICOLON,
    HIDDEN_BACKSLASH,
    NO_UTF8,
    BROKEN_ESCAPE,
    LONE_PERCENT,
    NUL,
    ABOVE_THE_ROOT,
    NO_HOST,
    FORM,
    PACKED,
    NO_JSON,
    NO_OBJECT,
    TOO_DEEP,
    WRONG_FIELD,
    LARGE_AND_SAYS_SO,
    LARGE_IN_CHUNKS,
    LONG_LINE,
    LONG_HEADER,
    CONFLICT,
    TOO_OFTEN,
    FAULT,
    BUSY,
    READ_ONLY,
    FULL,
    FAR;

    String request(Family family) {
      String path = DoorProbes.path(family);
      return switch (this) {
        case NOBODY -> "GET " + path + "/x HTTP/1.1\r\n" + HOST + END;
        case MADE_UP_TOKEN ->
            "GET " + path + "/x HTTP/1.1\r\n" + HOST + "Authorization: Bearer x\r\n" + END;
        case OTHER_SITE ->
            "POST " + path + " HTTP/1.1\r\n" + HOST + "Sec-Fetch-Site: cross-site\r\n" + END;
        case NO_SUCH_PATH -> signedIn("GET", path + "/x/y/z") + END;
        case WRONG_METHOD -> signedIn("DELETE", path) + END;
        case ODD_METHOD -> signedIn("BREW", path) + END;
        case DOT_SEGMENT -> signedIn("GET", path + "/%2e%2e") + END;
        case SEMICOLON -> signedIn("GET", path + "/x;y") + END;
        case HIDDEN_BACKSLASH -> signedIn("GET", path + "/x%5Cy") + END;
        case NO_UTF8 -> signedIn("GET", path + "/%ff") + END;
        case BROKEN_ESCAPE -> signedIn("GET", path + "/%zz") + END;
        case LONE_PERCENT -> signedIn("GET", path + "/%") + END;
        case NUL -> signedIn("GET", path + "/%00") + END;
        case ABOVE_THE_ROOT -> signedIn("GET", path + "/..".repeat(9) + "/etc/passwd") + END;
        case NO_HOST -> "GET " + path + "/x HTTP/1.1\r\n" + END;
        case FORM -> sent(family, "application/x-www-form-urlencoded", "name=x");
        case PACKED ->
            signedIn("POST", path) + "Content-Encoding: gzip\r\n" + body("application/json", "{}");
        case NO_JSON -> sent(family, "application/json", "{broken");
        case NO_OBJECT -> sent(family, "application/json", "[]");
        case TOO_DEEP -> sent(family, "application/json", "[".repeat(10_000));
        case WRONG_FIELD -> sent(family, "application/json", "{\"name\":7}");
        case LARGE_AND_SAYS_SO ->
            signedIn("POST", path)
                + "Content-Type: application/json\r\nContent-Length: "
                + (limit(family) + 1)
                + "\r\n\r\n{";
        case LARGE_IN_CHUNKS ->
            signedIn("POST", path)
                + "Content-Type: application/json\r\nTransfer-Encoding: chunked\r\n"
                + END
                + ("4000\r\n" + "x".repeat(0x4000) + "\r\n").repeat((int) limit(family) / 0x4000)
                + "1\r\nx\r\n0\r\n\r\n";
        case LONG_LINE -> signedIn("GET", path + "?x=" + "y".repeat(longest(family))) + END;
        case LONG_HEADER ->
            signedIn("GET", path) + "X-Long: " + "y".repeat(longest(family)) + "\r\n" + END;
        case CONFLICT -> named(family, "taken");
        case TOO_OFTEN -> named(family, "often");
        case FAULT -> named(family, "broken");
        case BUSY -> named(family, "busy");
        case READ_ONLY -> named(family, "read-only");
        case FULL -> named(family, "full");
        case FAR -> named(family, "far");
      };
    }

    private static final String HOST = "Host: localhost\r\n";
    private static final String END = "Connection: close\r\n\r\n";

    private static String signedIn(String method, String target) {
      return method
          + " "
          + target
          + " HTTP/1.1\r\n"
          + HOST
          + "Authorization: Bearer "
          + TOKEN
          + "\r\n";
    }

    private static String named(Family family, String name) {
      return sent(family, "application/json", "{\"name\":\"" + name + "\"}");
    }

    static String sent(Family family, String type, String body) {
      return signedIn("POST", DoorProbes.path(family)) + body(type, body);
    }

    private static String body(String type, String body) {
      return "Content-Type: " + type + "\r\nContent-Length: " + body.length() + "\r\n" + END + body;
    }

    private static int longest(Family family) {
      return family == Family.SESSION ? 5_000_000 : 100_000;
    }
  }

  /** As the contract of each API has it; where that says nothing, it is the usual. */
  private static long limit(Family family) {
    return switch (family) {
      case BACKUP -> 1024 * 1024;
      case WORKSPACES -> 64 * 1024;
      default -> 4 * 1024 * 1024;
    };
  }

  /**
   * Every refusal that the edge makes, at every door, by status and word. A word in quotes is what
   * the harvest API says, which has no codes; {@code *} stands for a body with every family's keys.
   */
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          # failure | harvest | backup | sync | workspaces and query | session
          NOBODY | 401 'Unauthorized' | 401 UNAUTHORIZED | 401 no_user_logged_in | 401 unauthorized | 401 UNAUTHENTICATED
          MADE_UP_TOKEN | 401 'Unauthorized' | 401 UNAUTHORIZED | 401 unauthorized | 401 unauthorized | 401 UNAUTHENTICATED
          OTHER_SITE | 403 'This change was | 403 FORBIDDEN | 403 forbidden | 403 forbidden | 403 FORBIDDEN
          NO_SUCH_PATH | 404 'Not Found' | 404 NOT_FOUND | 404 not_found | 404 not_found | 404 NOT_FOUND
          WRONG_METHOD | 405 'Method Not Allowed' | 405 METHOD_NOT_ALLOWED | 405 method_not_allowed | 405 method_not_allowed | 405 METHOD_NOT_ALLOWED
          ODD_METHOD | 405 'Method Not Allowed' | 405 METHOD_NOT_ALLOWED | 405 method_not_allowed | 405 method_not_allowed | 405 METHOD_NOT_ALLOWED
          DOT_SEGMENT | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          SEMICOLON | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          HIDDEN_BACKSLASH | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          NO_UTF8 | 400 'The path is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          BROKEN_ESCAPE | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          LONE_PERCENT | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          NUL | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          ABOVE_THE_ROOT | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          NO_HOST | 400 'The request is | 400 BAD_REQUEST | 400 bad_request | 400 invalid_parameter | 400 BAD_REQUEST
          FORM | 415 'Content-Type is | 415 UNSUPPORTED_MEDIA_TYPE | 415 unsupported_media_type | 400 invalid_parameter | 422 INVALID_FIELD
          PACKED | 415 'Bodies with | 415 UNSUPPORTED_MEDIA_TYPE | 415 unsupported_media_type | 415 unsupported_media_type | 415 UNSUPPORTED_MEDIA_TYPE
          NO_JSON | 422 json_invalid | 400 MALFORMED_JSON | 422 validation_error | 400 invalid_parameter | 422 INVALID_FIELD
          NO_OBJECT | 422 model_attributes_type | 400 MALFORMED_JSON | 422 validation_error | 400 invalid_parameter | 422 INVALID_FIELD
          TOO_DEEP | 422 json_too_large | 400 MALFORMED_JSON | 422 validation_error | 413 too_large | 422 INVALID_FIELD
          WRONG_FIELD | 422 string_type | 422 VALIDATION_ERROR | 422 validation_error | 400 invalid_parameter | 422 INVALID_FIELD
          LARGE_AND_SAYS_SO | 413 'The body is | 413 PAYLOAD_TOO_LARGE | 413 too_large | 413 too_large | 413 TOO_LARGE
          LARGE_IN_CHUNKS | 413 'The body is | 413 PAYLOAD_TOO_LARGE | 413 too_large | 413 too_large | 413 TOO_LARGE
          LONG_LINE | 414 'The request line | 414 BAD_REQUEST | 414 too_large | 414 invalid_parameter | 414 *
          LONG_HEADER | 431 'The header | 431 BAD_REQUEST | 431 too_large | 431 invalid_parameter | 431 TOO_LARGE
          CONFLICT | 409 'It is there' | 409 ALREADY_EXISTS | 409 conflict | 409 conflict | 409 ALREADY_EXISTS
          TOO_OFTEN | 429 'Not so often' | 429 TOO_MANY_REQUESTS | 429 too_many_requests | 429 rate_limited | 429 TOO_MANY_REQUESTS
          FAULT | 500 'Internal Server Error' | 500 INTERNAL_ERROR | 500 server_error | 500 internal_error | 500 INTERNAL_ERROR
          BUSY | 503 'Not just now' | 503 OVERLOADED | 503 overloaded | 503 unavailable | 503 OVERLOADED
          READ_ONLY | 503 'A broken disk' | 503 STORE_READ_ONLY | 503 store_read_only | 503 unavailable | 503 STORE_READ_ONLY
          FULL | 507 'No room' | 507 INSUFFICIENT_STORAGE | 507 store_full | 507 quota_exceeded | 507 STORE_FULL
          FAR | 502 'Nobody answers' | 502 REMOTE_ERROR | 502 server_unreachable | 502 store_unreachable | 502 STORE_UNREACHABLE
          """)
  void each_door_tells_each_failure_in_its_own_words(
      Failure failure,
      String harvest,
      String backup,
      String sync,
      String workspaces,
      String session)
      throws IOException {
    List<String> told = new ArrayList<>();
    List<String> wanted = new ArrayList<>();
    Map<Family, String> expected = new EnumMap<>(Family.class);
    expected.put(Family.HARVEST, harvest);
    expected.put(Family.BACKUP, backup);
    expected.put(Family.SYNC, sync);
    expected.put(Family.WORKSPACES, workspaces);
    expected.put(Family.QUERY, workspaces);
    expected.put(Family.SESSION, session);
    for (Map.Entry<Family, String> door : expected.entrySet()) {
      wanted.add(door.getKey() + " " + door.getValue());
      told.add(door.getKey() + " " + told(failure, door.getKey(), door.getValue()));
    }
    assertThat(told).isEqualTo(wanted);
  }

  private static String told(Failure failure, Family family, String expected) throws IOException {
    Answer answer = send(failure.request(family));
    String head = answer.head().toLowerCase(Locale.ROOT);
    assertThat(head)
        .contains("content-type: application/json")
        .containsOnlyOnce("\r\nx-request-id: ")
        .containsPattern("\r\nx-request-id: [0-9a-f]{24}")
        .doesNotContain("\r\nserver:");
    assertThat(answer.body()).doesNotContain("Exception", "at io.", "at org.");
    JsonNode body = JSON.readTree(answer.body());
    if (answer.status() == 405) {
      assertThat(head).containsPattern("\r\nallow: [a-z, ]+");
    }
    if (answer.status() == 429 || answer.status() == 503) {
      assertThat(head).containsPattern("\r\nretry-after: [0-9]+");
    }
    if (failure == Failure.FAULT) {
      assertThat(head).contains("\r\nx-request-id: " + body.get("request_id").asString());
    }
    if (expected.endsWith("*")) {
      assertThat(body.propertyNames())
          .contains("detail", "error", "message", "status", "error_code");
      return answer.status() + " *";
    }
    return answer.status() + " " + word(family, body, expected);
  }

  /** The code, from the family's own shape and no other. */
  private static String word(Family family, JsonNode body, String expected) {
    Set<String> keys = new TreeSet<>(body.propertyNames());
    keys.remove("request_id");
    assertThat(keys).as("%s", body).isEqualTo(keys(family));
    return switch (family) {
      case HARVEST -> harvest(body.get("detail"), expected);
      case BACKUP -> {
        assertThat(body.get("error").propertyNames())
            .containsExactlyInAnyOrder("code", "message", "details");
        yield body.at("/error/code").asString();
      }
      case SESSION -> body.get("error_code").asString();
      default -> body.get("error").asString();
    };
  }

  private static Set<String> keys(Family family) {
    return switch (family) {
      case HARVEST -> Set.of("detail");
      case BACKUP -> Set.of("status", "error");
      case SYNC -> Set.of("error", "detail");
      case WORKSPACES, QUERY -> Set.of("error", "message");
      case SESSION -> Set.of("message", "error_code");
      default -> throw new IllegalArgumentException("no door of its own: " + family);
    };
  }

  /** As much of the text as is expected, in its quotes; or the word for the first fault. */
  private static String harvest(JsonNode detail, String expected) {
    if (detail.isArray()) {
      return detail.at("/0/type").asString();
    }
    String text = "'" + detail.asString() + "'";
    return text.substring(0, Math.min(text.length(), expected.length() - "400 ".length()));
  }

  @Test
  void a_word_to_a_client_that_must_sign_in_anew_is_only_for_who_was_signed_in()
      throws IOException {
    String event = "GET /api/v1.0/event HTTP/1.1\r\nHost: localhost\r\n";
    String login = "PUT /api/v1.0/user/login/auth HTTP/1.1\r\nHost: localhost\r\n";
    String session = "Authorization: ASSession e30=\r\nConnection: close\r\n\r\n";
    JsonNode expired = JSON.readTree(send(event + session).body());

    assertThat(expired.get("session_expired").asBoolean()).isTrue();
    assertThat(expired.get("message").asString()).contains("session_expired:true");
    assertThat(JSON.readTree(send(login + session).body()).has("session_expired")).isFalse();
    String cookie = "Cookie: auth_token=x\r\nConnection: close\r\n\r\n";
    assertThat(send("GET /api/jobs HTTP/1.1\r\nHost: localhost\r\n" + cookie).body())
        .contains("\"SESSION_EXPIRED\"");
    assertThat(send("GET /api/v1/probes HTTP/1.1\r\nHost: localhost\r\n" + cookie).body())
        .contains("\"unauthorized\"");
  }

  @Test
  void a_fault_at_the_workspaces_door_names_the_request_in_its_message() throws IOException {
    JsonNode body = JSON.readTree(send(Failure.FAULT.request(Family.WORKSPACES)).body());

    assertThat(body.get("message").asString()).endsWith(body.get("request_id").asString());
  }

  @ParameterizedTest
  @CsvSource({
    "PUT, /api/v1/workspaces/x/files/a/b, 9223372036854775807",
    "PUT, /%61pi/v1/workspaces/x/files/a, 9223372036854775807",
    "PUT, /uploads/token, 9223372036854775807",
    "POST, /api/v1/workspaces/x/files/a/b, 65536",
    "PUT, /api/v1/workspaces/x/file, 65536",
    "PATCH, /api/v1/workspaces/x, 65536",
    "PUT, /dav/x, 9223372036854775807",
    "POST, /api/repositories, 1048576",
    "POST, /api/instruments, 4194304",
    "POST, /api/schedules, 4194304",
    "PUT, /api/v3/event, 4194304",
    "POST, /ui/login, 4194304",
  })
  void only_the_contents_of_files_may_be_as_large_as_they_are(
      String method, String path, long limit) {
    assertThat(BodyLimits.of(Family.ofPath(path), method, path)).isEqualTo(limit);
  }

  /** A part must not be taken for the whole. */
  @ParameterizedTest
  @EnumSource(names = {"HARVEST", "BACKUP", "SYNC", "WORKSPACES", "QUERY", "SESSION"})
  void an_answer_that_fails_after_a_part_of_it_has_left_breaks_off(Family family) {
    TestClient admin = SERVER.admin();

    assertThatThrownBy(() -> admin.get(DoorProbes.path(family) + "/half"))
        .isInstanceOf(UncheckedIOException.class);
  }
}
