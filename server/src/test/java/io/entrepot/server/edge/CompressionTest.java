// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import io.entrepot.server.TestClient.Answer;
import io.entrepot.server.TestServer;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CompressionTest {

  private static final Pattern ASSET = Pattern.compile("(?:src|href)=\"(/[^\"#?]+)[^\"]*\"");
  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"[^\"]+\"");
  private static final int FIRST_PAGE_LIMIT = 60 * 1024;

  private final TestServer server = TestServer.shared();
  private final TestClient anonymous = server.anonymous();

  private static Answer packed(TestClient client, String path) {
    return client.send(client.request(path).header("Accept-Encoding", "gzip, br").GET().build());
  }

  private static byte[] unpacked(Answer answer) throws IOException {
    return new GZIPInputStream(new ByteArrayInputStream(answer.bytes())).readAllBytes();
  }

  /** The token of its forms is another text in every page. */
  private static String tokenless(byte[] page) {
    return TOKEN.matcher(new String(page, StandardCharsets.UTF_8)).replaceAll("");
  }

  /** Else its length in a packed page would tell it, letter by letter. */
  @Test
  void the_token_of_a_form_is_another_text_in_every_page_of_the_same_browser() {
    String cookie = anonymous.get("/ui/login").header("Set-Cookie").orElseThrow().split(";", 2)[0];
    Set<String> tokens = new LinkedHashSet<>();
    for (int i = 0; i < 5; i++) {
      String page =
          anonymous
              .send(anonymous.request("/ui/login").header("Cookie", cookie).GET().build())
              .expect(200)
              .text();
      assertThat(page).doesNotContain(cookie.substring(cookie.indexOf('=') + 1));
      Matcher token = TOKEN.matcher(page);
      assertThat(token.find()).isTrue();
      tokens.add(token.group());
    }
    assertThat(tokens).hasSize(5);
  }

  @ParameterizedTest
  @ValueSource(strings = {"/openapi.json", "/webjars/swagger-ui/swagger-ui.css", "/ui/login"})
  void a_page_its_assets_and_json_are_packed_for_who_can_unpack_them(String path)
      throws IOException {
    Answer plain = anonymous.get(path).expect(200);
    Answer packed = packed(anonymous, path).expect(200);

    assertThat(plain.header("Content-Encoding")).isEmpty();
    assertThat(packed.header("Content-Encoding")).hasValue("gzip");
    assertThat(packed.header("Vary").orElse("")).containsIgnoringCase("Accept-Encoding");
    assertThat(tokenless(unpacked(packed))).isEqualTo(tokenless(plain.bytes()));
    assertThat(packed.bytes().length).isLessThan(plain.bytes().length);
  }

  @Test
  void what_was_packed_and_is_the_same_still_is_not_sent_again() {
    String path = "/webjars/swagger-ui/swagger-ui.css";
    Answer packed = packed(anonymous, path);
    Answer again =
        anonymous.send(
            anonymous
                .request(path)
                .header("Accept-Encoding", "gzip")
                .header("If-Modified-Since", packed.header("Last-Modified").orElseThrow())
                .GET()
                .build());

    assertThat(again.status()).isEqualTo(304);
  }

  @Test
  void a_part_of_something_is_sent_as_it_is() {
    Answer part =
        anonymous.send(
            anonymous
                .request("/webjars/swagger-ui/swagger-ui.css")
                .header("Accept-Encoding", "gzip")
                .header("Range", "bytes=0-4999")
                .GET()
                .build());

    assertThat(part.status()).isEqualTo(206);
    assertThat(part.header("Content-Encoding")).isEmpty();
    assertThat(part.bytes()).hasSize(5000);
  }

  @Test
  void events_are_never_packed() {
    Answer events = packed(anonymous, "/health/events").expect(200);

    assertThat(events.header("Content-Encoding")).isEmpty();
    assertThat(events.text()).contains("first", "last");
  }

  /** Whatever makes a secret shows it in its own answer, beside what the caller chose. */
  @Test
  void the_answer_to_a_change_is_never_packed() {
    TestClient admin = server.admin();
    String wish =
        "{\"name\":\"%s\",\"description\":\"%s\"}"
            .formatted("packed " + System.identityHashCode(this), "x".repeat(5000));
    Answer made =
        admin.send(
            admin
                .request("/api/groups")
                .header("Accept-Encoding", "gzip")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(wish))
                .build());

    assertThat(made.expect(201).header("Content-Encoding")).isEmpty();
    assertThat(made.bytes().length).isGreaterThan(5000);
  }

  @Test
  void what_is_sent_packed_is_not_unpacked() throws IOException {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    try (GZIPOutputStream out = new GZIPOutputStream(body)) {
      out.write("{\"name\":\"sent packed\"}".getBytes(StandardCharsets.UTF_8));
    }
    TestClient admin = server.admin();
    Answer answer =
        admin.send(
            admin
                .request("/api/groups")
                .header("Content-Encoding", "gzip")
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofByteArray(body.toByteArray()))
                .build());

    assertThat(answer.status()).isIn(415, 422);
  }

  @Test
  void the_first_page_with_all_it_needs_is_small_on_the_wire() {
    Answer page = packed(anonymous, "/ui/login").expect(200);
    int sum = page.bytes().length;
    Set<String> assets = new LinkedHashSet<>();
    Matcher links = ASSET.matcher(anonymous.get("/ui/login").text());
    while (links.find()) {
      if (links.group(1).contains("/assets/") || links.group(1).startsWith("/webjars/")) {
        assets.add(links.group(1));
      }
    }
    for (String asset : assets) {
      int size = packed(anonymous, asset).expect(200).bytes().length;
      System.out.println("on the wire: " + asset + " " + size);
      sum += size;
    }
    System.out.println("on the wire: /ui/login with all it needs " + sum);

    assertThat(assets).isNotEmpty();
    assertThat(sum).isLessThanOrEqualTo(FIRST_PAGE_LIMIT);
  }
}
