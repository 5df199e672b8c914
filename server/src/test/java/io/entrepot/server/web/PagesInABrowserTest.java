// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What somebody does on a first day, in a real browser: signs in, says where files go and come
 * from, harvests, and follows one file. One test goes on where the one before stopped.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesInABrowserTest {

  private static final int FILES = 12;
  private static final List<Integer> WIDTHS = List.of(360, 390, 768, 1024, 1440);

  @TempDir static Path folders;

  private static Site site;
  private static TestServer server;
  private static Browser browser;
  private static Path source;
  private static Path target;

  @BeforeAll
  static void open() throws Exception {
    Site.requireBrowser();
    source = Files.createDirectory(folders.resolve("instrument"));
    target = Files.createDirectory(folders.resolve("storage"));
    Path run = Files.createDirectories(source.resolve("2026-11/apoferritin"));
    for (int i = 0; i < FILES; i++) {
      Files.write(run.resolve("FoilHole_77318%02d_Data.tiff".formatted(i)), new byte[50_000 + i]);
    }
    site = Site.open(TestServer.start());
    server = site.server();
    browser = site.browser();
  }

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
    }
  }

  private static URI at(String path) {
    return site.at(path);
  }

  private static void go(String path) {
    site.go(path);
  }

  private static void await(BooleanSupplier wanted) {
    site.await(wanted);
  }

  private static void awaitText(String css, String text) {
    site.awaitText(css, text);
  }

  private static void shoot(String name) {
    site.shoot(name);
  }

  @Test
  @Order(1)
  void somebody_who_is_not_signed_in_comes_back_to_the_page_he_wanted() {
    go("/ui/files?q=tiff");
    assertThat(browser.text("h1")).isEqualTo("Sign in");
    browser.fill("#email", TestServer.ADMIN_EMAIL);
    browser.fill("#password", "not the password");
    browser.click(".door-form button");
    awaitText("[role=alert]", "No account has this address and password");
    assertThat(browser.run("return document.getElementById('email').value").asString())
        .isEqualTo(TestServer.ADMIN_EMAIL);
    // The browser itself notes the status 400 on its console.
    browser.complaints();
    shoot("login");
    browser.fill("#password", TestServer.ADMIN_PASSWORD);
    browser.click(".door-form button");
    awaitText("h1", "Files");
    assertThat(browser.url()).endsWith("/ui/files?q=tiff");
  }

  @Test
  @Order(2)
  void a_form_that_is_refused_keeps_its_values_and_says_what_is_wrong_at_the_field() {
    go("/ui/storage/new");
    browser.fill("#name", "Main store");
    browser.click("#save");
    awaitText("#base_path-error", "Fill this in.");
    assertThat(browser.run("return document.getElementById('name').value").asString())
        .isEqualTo("Main store");
    browser.complaints();
    browser.fill("#base_path", target.toString());
    browser.click("#save");
    awaitText("h1", "Main store");
    browser.click("#test");
    awaitText("#checked", "All good");
  }

  @Test
  @Order(3)
  void a_connection_is_tried_before_the_instrument_is_saved() {
    go("/ui/instruments/new");
    browser.fill("#name", "Titan Krios G4");
    browser.fill("#location", "Room B-017");
    browser.fill("#cifs_base_path", source.resolve("nowhere").toString());
    browser.click("#test");
    awaitText("#checked", "failed");
    browser.fill("#cifs_base_path", source.toString());
    browser.fill("#stability_seconds", "0");
    browser.click("#test");
    awaitText("#checked", "All good");
    shoot("instrument-tested");
    browser.click("#save");
    awaitText("h1", "Titan Krios G4");
    assertThat(browser.url()).contains("/ui/instruments/");
  }

  @Test
  @Order(4)
  void a_schedule_says_in_words_when_it_runs_next() {
    go("/ui/instruments");
    browser.click("a.name");
    awaitText("h1", "Titan Krios G4");
    browser.click(".page-head .actions a");
    awaitText("h1", "Add a schedule");
    browser.fill("#cron_expression", "sometimes");
    browser.click("#save");
    awaitText("#cron_expression-error", "");
    await(() -> !browser.text("#cron_expression-error").isBlank());
    browser.complaints();
    browser.fill("#cron_expression", "0 6 * * 1-5");
    browser.click("#save");
    awaitText(".page-head", "At 06:00 on Monday to Friday");
    assertThat(browser.run("return document.querySelectorAll('aside ol li').length").asInt())
        .isEqualTo(5);
  }

  @Test
  @Order(5)
  void a_harvest_started_by_hand_is_followed_to_its_end() {
    go("/ui/instruments");
    browser.click("td form button");
    awaitText("h1", "Harvest Titan Krios G4");
    awaitText("#job-state", "Done");
    awaitText("#job-progress", FILES + " files");
    assertThat(browser.text("#job-steps")).contains("Connect").contains("done");
  }

  @Test
  @Order(6)
  void a_file_is_found_and_tells_its_story_and_can_be_had() {
    go("/ui/");
    browser.type("/");
    browser.fill("#q", "7731807");
    browser.run("document.querySelector('.top-search').requestSubmit()");
    awaitText(".lede", "1 file named like");
    browser.click("a.name");
    awaitText("h1", "FoilHole_7731807_Data.tiff");
    assertThat(browser.text(".notice")).contains("It is intact. One copy was read back");
    assertThat(browser.text(".timeline")).contains("Copied and proved into Main store");
    assertThat(browser.text(".docket")).startsWith("ark:/99999/fk4");
    String size =
        "return fetch(document.getElementById('download').href)"
            + ".then(answer => answer.arrayBuffer()).then(body => body.byteLength)";
    assertThat(browser.run(size).asInt()).isEqualTo(50_007);
  }

  @Test
  @Order(7)
  void keys_lead_to_the_pages_and_are_listed() {
    go("/ui/");
    browser.type("?");
    await(() -> browser.run("return document.getElementById('keys').open").asBoolean());
    go("/ui/");
    browser.type("gj");
    awaitText("h1", "Jobs");
  }

  @Test
  @Order(8)
  void the_theme_is_kept() {
    go("/ui/jobs");
    String theme = "return document.documentElement.dataset.theme ?? ''";
    browser.click("form[action='/ui/theme'] button");
    await(() -> browser.run(theme).asString().equals("dark"));
    go("/ui/files");
    assertThat(browser.run(theme).asString()).isEqualTo("dark");
    browser.click("form[action='/ui/theme'] button");
    await(() -> browser.run(theme).asString().equals("light"));
    browser.click("form[action='/ui/theme'] button");
    await(() -> browser.run(theme).asString().isEmpty());
  }

  @Test
  @Order(9)
  void no_page_is_wider_than_the_screen_and_none_asks_another_host_or_complains() {
    browser.requests();
    for (Map.Entry<String, String> page : pages().entrySet()) {
      go(page.getValue());
      for (int width : WIDTHS) {
        browser.size(width, 800);
        assertThat(site.overhang()).as("%s at %d", page.getValue(), width).isLessThanOrEqualTo(0);
      }
      shoot(page.getKey());
      assertThat(Axe.violations(browser)).as(page.getValue()).isEmpty();
      browser.dark(true);
      assertThat(Axe.wrongColours(browser)).as("%s, dark", page.getValue()).isEmpty();
      browser.dark(false);
      assertThat(browser.run("return document.querySelectorAll('h1').length").asInt())
          .as(page.getValue())
          .isEqualTo(1);
      assertThat(unlabelled()).as(page.getValue()).isEmpty();
      assertThat(browser.complaints()).as(page.getValue()).isEmpty();
    }
    assertThat(browser.requests())
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked).matches(at("/") + ".*|data:.*|chrome.*|about:.*"));
  }

  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("home", "/ui/");
    for (String list : List.of("files", "jobs", "instruments", "storage", "schedules")) {
      pages.put(list, "/ui/" + list);
      go("/ui/" + list);
      pages.put(
          list + "-one",
          browser.run("return document.querySelector('a.name').getAttribute('href')").asString());
    }
    for (String room : List.of("instruments", "storage", "schedules")) {
      pages.put(room + "-delete", pages.get(room + "-one") + "/delete");
      pages.put(room + "-new", "/ui/" + room + "/new");
    }
    for (String room : List.of("accounts", "hooks")) {
      pages.put(room, "/ui/" + room);
      pages.put(room + "-new", "/ui/" + room + "/new");
    }
    pages.put("instruments-access", pages.get("instruments-one") + "/access");
    pages.put("files-access", pages.get("files-one") + "/access");
    pages.put("files-versions", pages.get("files-one") + "/versions");
    pages.put("files-none", "/ui/files?q=nothing+is+called+this");
    pages.put("jobs-none", "/ui/jobs?show=running");
    return pages;
  }

  private static String unlabelled() {
    return browser
        .run(
            """
            return [...document.querySelectorAll('input:not([type=hidden]), select, textarea')]
              .filter(field => field.labels.length === 0).map(field => field.name).join(' ')
            """)
        .asString();
  }

  @Test
  @Order(10)
  void pages_for_administrators_are_refused_to_others_with_a_page() {
    var other = server.newUser("reader@example.com");
    var answer = other.get("/ui/instruments");
    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.text()).contains("<h1>").doesNotContain("Exception");
    assertThat(other.get("/ui/").text()).contains("Nothing comes in yet.");
  }

  @Test
  @Order(11)
  void a_form_without_its_token_changes_nothing() {
    assertThat(server.admin().post("/ui/theme?theme=dark").status()).isEqualTo(403);
  }

  @Test
  @Order(12)
  void somebody_who_signs_out_is_out() {
    go("/ui/");
    browser.click(".menu summary");
    browser.click(".menu-body button");
    awaitText("h1", "Sign in");
    go("/ui/");
    awaitText("h1", "Sign in");
  }
}
