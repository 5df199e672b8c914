// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.servlet.mvc.method.RequestMappingInfo;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** What somebody sees when a page of ours breaks while it is made. */
class PagesThatFailTest {

  private static final String PAGE = "/ui/audit";

  private static TestServer server;

  /** Its template breaks after more text than any buffer holds. */
  static final class BrokenPage {
    public String show() {
      return "broken";
    }
  }

  @BeforeAll
  static void open() throws Exception {
    server = TestServer.start();
    RequestMappingHandlerMapping mapping = server.part(RequestMappingHandlerMapping.class);
    // In place of a page that is declared: no other is let through to.
    mapping.getHandlerMethods().keySet().stream()
        .filter(info -> info.getPatternValues().contains(PAGE))
        .toList()
        .forEach(mapping::unregisterMapping);
    mapping.registerMapping(
        RequestMappingInfo.paths(PAGE)
            .methods(RequestMethod.GET)
            .options(mapping.getBuilderConfiguration())
            .build(),
        new BrokenPage(),
        BrokenPage.class.getMethod("show"));
  }

  @AfterAll
  static void close() {
    if (server != null) {
      server.close();
    }
  }

  @Test
  void a_page_whose_template_breaks_is_our_error_page_with_the_number_of_the_request()
      throws Exception {
    String token = server.anonymous().signIn(TestServer.ADMIN_EMAIL, TestServer.ADMIN_PASSWORD);
    try (HttpClient client = HttpClient.newHttpClient()) {
      HttpResponse<String> answer =
          client.send(
              HttpRequest.newBuilder(server.address().resolve(PAGE))
                  .header("Accept", "text/html")
                  .header("Authorization", "Bearer " + token)
                  .build(),
              HttpResponse.BodyHandlers.ofString());
      String request = answer.headers().firstValue("X-Request-Id").orElseThrow();
      assertThat(answer.statusCode()).isEqualTo(500);
      assertThat(answer.headers().firstValue("Content-Type").orElse("")).startsWith("text/html");
      assertThat(answer.body())
          .startsWith("<!doctype html>")
          .contains("Something broke here", "Request " + request)
          .doesNotContain("Whitelabel", "Exception", "a line that was made");
    }
  }
}
