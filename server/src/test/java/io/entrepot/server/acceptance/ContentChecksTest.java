// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.RawAnswer;
import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import io.entrepot.server.acceptance.HarvestFixture.Line;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import tools.jackson.databind.JsonNode;

/** What clients that hold a copy already, or a part of one, are answered; and what an ARK tells. */
class ContentChecksTest {

  private static final String OTHER = "\"0000000000000000-10\"";

  @TempDir Path folder;

  private final TestServer server = TestServer.shared();
  private final TestClient admin = server.admin();

  private String content() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    line.put("letters", "abcdefghij");
    fixture.harvest(line);
    return "/api/files/" + fixture.file(line, "letters").get("id").asString() + "/content";
  }

  private Answer ask(String path, String... headers) {
    return admin.send(admin.request(path).headers(headers).GET().build());
  }

  @Test
  void whoever_has_the_bytes_already_is_not_sent_them_again() {
    String path = content();
    String tag = ask(path, "Accept", "*/*").expect(200).header("ETag").orElseThrow();
    assertThat(tag).matches("\"[0-9a-f]{16}-10\"");

    for (String known : List.of(tag, "W/" + tag, OTHER + ", " + tag, tag + "," + OTHER, "*")) {
      Answer answer = ask(path, "If-None-Match", known);
      assertThat(answer.status()).as(known).isEqualTo(304);
      assertThat(answer.text()).isEmpty();
      assertThat(answer.header("ETag")).hasValue(tag);
    }
    assertThat(ask(path, "If-None-Match", OTHER).expect(200).text()).isEqualTo("abcdefghij");
    assertThat(ask(path, "If-None-Match", tag, "Range", "bytes=2-4").status()).isEqualTo(304);
  }

  @Test
  void content_is_sent_byte_for_byte_and_a_list_of_files_packed_to_who_can_unpack_it() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    String text = "0123456789".repeat(1_000);
    line.put("page.html", text);
    line.put("data.json", text);
    line.put("notes.txt", text);
    fixture.harvest(line);

    for (String name : List.of("page.html", "data.json", "notes.txt")) {
      String path = "/api/files/" + fixture.file(line, name).get("id").asString() + "/content";
      Answer content = ask(path, "Accept-Encoding", "gzip").expect(200);
      assertThat(content.header("Content-Encoding")).isEmpty();
      assertThat(content.header("Content-Length")).hasValue("10000");
      assertThat(content.text()).isEqualTo(text);
    }
    String files = "/api/files?instrument_id=" + line.instrument();
    assertThat(ask(files, "Accept-Encoding", "gzip").header("Content-Encoding")).hasValue("gzip");
    assertThat(ask(files, "Accept", "*/*").header("Content-Encoding")).isEmpty();
  }

  @Test
  void a_part_is_sent_only_while_the_rest_is_still_the_same() {
    String path = content();
    String tag = ask(path, "Accept", "*/*").header("ETag").orElseThrow();

    Answer part = ask(path, "If-Range", tag, "Range", "bytes=2-4").expect(206);
    assertThat(part.text()).isEqualTo("cde");
    assertThat(part.header("ETag")).hasValue(tag);
    for (String stale : List.of(OTHER, "W/" + tag, "Sat, 21 Nov 2026 10:00:00 GMT")) {
      Answer whole = ask(path, "If-Range", stale, "Range", "bytes=2-4");
      assertThat(whole.status()).as(stale).isEqualTo(200);
      assertThat(whole.text()).isEqualTo("abcdefghij");
    }
    Answer beyond = ask(path, "If-Range", OTHER, "Range", "bytes=50-");
    assertThat(beyond.status()).isEqualTo(200);
  }

  @Test
  void several_parts_come_as_one_body_that_says_where_each_belongs() throws IOException {
    String path = content();
    RawAnswer answer = raw(path, "Range: bytes=0-1, 4-4,-2\r\n");
    Matcher boundary =
        Pattern.compile("(?i)content-type: multipart/byteranges; ?boundary=(\\S+)")
            .matcher(answer.head());

    assertThat(answer.status()).isEqualTo(206);
    assertThat(boundary.find()).as(answer.head()).isTrue();
    assertThat(answer.head().toLowerCase(Locale.ROOT)).doesNotContain("content-range:");
    assertThat(answer.body())
        .isEqualTo(
            """

            --B
            Content-Type: application/octet-stream
            Content-Range: bytes 0-1/10

            ab
            --B
            Content-Type: application/octet-stream
            Content-Range: bytes 4-4/10

            e
            --B
            Content-Type: application/octet-stream
            Content-Range: bytes 8-9/10

            ij
            --B--
            """
                .replace("\n", "\r\n")
                .replace("--B", "--" + boundary.group(1)));
    assertThat(
            admin
                .send(admin.request(path).header("Range", "bytes=0-1,3-4").HEAD().build())
                .header("Content-Length"))
        .isPresent();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          bytes=0-0,20-30      | 206 | a
          bytes=20-,5-6        | 206 | fg
          bytes=20-,30-        | 416 |
          bytes=-0             | 416 |
          bytes=,0-1,          | 206 | ab
          BYTES=0-1            | 206 | ab
          bytes=0-4,4-5        | 200 | abcdefghij
          bytes=0-,-1          | 200 | abcdefghij
          bytes=0-99           | 200 | abcdefghij
          bytes=4-2,0-1        | 200 | abcdefghij
          bytes=0-1,x          | 200 | abcdefghij
          bytes=-              | 200 | abcdefghij
          bytes=               | 200 | abcdefghij
          lines=0-1            | 200 | abcdefghij
          """)
  void ranges_are_served_as_far_as_they_are_there_and_sense_can_be_made_of_them(
      String range, int status, @Nullable String bytes) {
    Answer answer = ask(content(), "Range", range);

    assertThat(answer.status()).isEqualTo(status);
    if (bytes != null) {
      assertThat(answer.text()).isEqualTo(bytes);
    }
  }

  @Test
  void more_than_sixteen_ranges_or_those_of_another_version_are_answered_with_the_whole()
      throws IOException {
    String path = content();
    String tag = ask(path, "Accept", "*/*").header("ETag").orElseThrow();
    String many = "bytes=" + "0-0,".repeat(17);

    assertThat(raw(path, "Range: " + many + "\r\n").status()).isEqualTo(200);
    assertThat(raw(path, "Range: bytes=0-0,2-2\r\nIf-Range: " + tag + "\r\n").status())
        .isEqualTo(206);
    RawAnswer other = raw(path, "Range: bytes=0-0,2-2\r\nIf-Range: " + OTHER + "\r\n");
    assertThat(other.status()).isEqualTo(200);
    assertThat(other.body()).isEqualTo("abcdefghij");
  }

  private RawAnswer raw(String path, String headers) throws IOException {
    String token = server.anonymous().signIn(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
    String request =
        "GET %s HTTP/1.1\r\nHost: localhost\r\nAuthorization: Bearer %s\r\n%sConnection: close\r\n\r\n"
            .formatted(path, token, headers);
    return RawAnswer.first(
        RawAnswer.exchange(server.port(), request.getBytes(StandardCharsets.ISO_8859_1)));
  }

  @Test
  void an_ark_with_info_is_answered_with_a_short_record() {
    HarvestFixture fixture = new HarvestFixture(server, folder);
    Line line = fixture.line();
    line.put("100% of it;a|b.dat", "first");
    fixture.harvest(line);
    line.put("100% of it;a|b.dat", "second, longer");
    fixture.harvest(line);
    JsonNode file = fixture.file(line, "100% of it;a|b.dat");
    String ark = file.get("persistent_id").asString();

    Answer answer = admin.get("/" + ark + "?info").expect(200);
    assertThat(answer.header("Content-Type").orElseThrow()).startsWith("text/plain");
    assertThat(answer.text().lines())
        .containsExactly(
            "erc:",
            "who: " + line.name(),
            "what: 100%25 of it%3Ba%7Cb.dat",
            "when: " + file.get("source_mtime").asString(),
            "where: " + ark);
    assertThat(admin.get("/" + ark.replace("ark:/", "ark:") + "?info").text())
        .isEqualTo(answer.text());
    assertThat(admin.get("/" + ark + ".v1?info").expect(200).text())
        .contains("where: " + ark + ".v1")
        .doesNotContain(file.get("source_mtime").asString());
    assertThat(admin.get("/" + ark + ".v9?info").status()).isEqualTo(404);
    assertThat(admin.get("/" + ark).expect(200).json()).isEqualTo(file);
    TestClient nobody = server.newUser("stranger-to-arks@lab.example");
    assertThat(nobody.get("/" + ark + "?info").status()).isEqualTo(404);
  }
}
