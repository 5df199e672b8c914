// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestClient;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Sends the form of a page as a browser does. */
final class PageForm {

  private static final Pattern TOKEN = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  private PageForm() {}

  /**
   * @param fields each name and behind it its value
   */
  static TestClient.Answer send(TestClient client, String path, String... fields) {
    TestClient.Answer shown = client.get("/ui/recovery").expect(200);
    Matcher token = TOKEN.matcher(shown.text());
    assertThat(token.find()).isTrue();
    String cookie = shown.header("Set-Cookie").orElseThrow().split(";", 2)[0];
    String body =
        IntStream.range(0, fields.length / 2)
            .mapToObj(i -> fields[2 * i] + "=" + encoded(fields[2 * i + 1]) + "&")
            .collect(Collectors.joining());
    return client.send(
        client
            .request(path)
            .header("Content-Type", "application/x-www-form-urlencoded")
            .header("Cookie", cookie)
            .POST(BodyPublishers.ofString(body + "_csrf=" + encoded(token.group(1))))
            .build());
  }

  private static String encoded(String text) {
    return URLEncoder.encode(text, UTF_8);
  }
}
