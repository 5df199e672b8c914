// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.json.JsonMapper;

/**
 * What somebody does on a first day, in a real browser: signs in, says where files go and come
 * from, harvests, and follows one file. One test goes on where the one before stopped.
 */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class PagesInABrowserTest {

  private static final int FILES = 12;
  private static final List<Integer> WIDTHS = List.of(768, 1024, 1440);

  /** Pages that another test puts before axe, because they need a server of their own. */
  private static final Set<String> SEEN_ELSEWHERE =
      Set.of(
          "/ui/setup/{token}",
          "/ui/login/openid",
          "/ui/login/openid/return",
          "/ui/login/openid/leave");

  private static final Set<String> seen = new TreeSet<>();
  private static final List<String> faults = new ArrayList<>();

  @TempDir static Path folders;

  private static Site site;
  private static TestServer server;
  private static Browser browser;
  private static Path source;
  private static Path target;
  private static final Map<String, String> FIRST = new HashMap<>();
  private static final JsonMapper JSON = new JsonMapper();

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
    awaitText(".page-head", "At 06:00, Monday to Friday");
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
    assertThat(browser.text("#job-progress .answer"))
        .isEqualTo(FILES + " new files copied and read back; all match");
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
  void every_page_is_fit_for_everybody_and_none_asks_another_host_or_complains() {
    furnish();
    browser.requests();
    for (String pattern : MappedPages.of(server)) {
      if (!SEEN_ELSEWHERE.contains(pattern) && !isOutside(pattern)) {
        look(pattern, address(pattern));
      }
    }
    pages().forEach(PagesInABrowserTest::look);
    assertThat(faults).isEmpty();
    askNobodyElse();
  }

  private static void askNobodyElse() {
    assertThat(browser.requests())
        .isNotEmpty()
        .allSatisfy(asked -> assertThat(asked).matches(at("/") + ".*|data:.*|chrome.*|about:.*"));
  }

  /** One thing of each kind that the tests before have not made. */
  private static void furnish() {
    made(
        "/api/hooks",
        Map.of(
            "name",
            "Filter",
            "trigger",
            "pre_transfer",
            "implementation",
            "builtin",
            "builtin_name",
            "file_filter"));
    made(
        "/api/service-accounts",
        Map.of(
            "name",
            "Microscopes",
            "username",
            "reader",
            "auth_type",
            "password",
            "password",
            "a secret of theirs"));
    made("/api/groups", Map.of("name", "Cryo"));
    made(
        "/api/instrument-requests",
        Map.of(
            "name",
            "Talos Arctica",
            "location",
            "Room B-018",
            "harvest_frequency",
            "every night",
            "justification",
            "Its disk fills within a week."));
    made("/api/keys", Map.of("name", "nightly", "scope", "read"));
    made(
        "/api/notification-configs",
        Map.of(
            "name",
            "Ops",
            "provider",
            "ntfy",
            "provider_config",
            Map.of("url", "https://ntfy.sh/ops")));
  }

  private static void made(String collection, Map<String, Object> thing) {
    server.admin().post(collection, JSON.writeValueAsString(thing)).expect(201);
  }

  /** For those who are not signed in. */
  private static boolean isOutside(String pattern) {
    return pattern.startsWith("/ui/login") || pattern.startsWith("/ui/recovery");
  }

  /** Of a page about one thing: about the first that the list of such things leads to. */
  private static String address(String pattern) {
    String plain = pattern.replaceAll("\\{room:([a-z]*)[^}]*}", "$1");
    int one = plain.indexOf("/{id}");
    if (one < 0) {
      return plain;
    }
    String list = plain.substring(0, one);
    String first =
        FIRST.computeIfAbsent(
            list,
            _ -> {
              go(list);
              return browser
                  .run("return document.querySelector('a.name').getAttribute('href')")
                  .asString();
            });
    return first + plain.substring(one + "/{id}".length());
  }

  /** Pages that are mapped once and look otherwise with a question. */
  private static Map<String, String> pages() {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("files-none", "/ui/files?q=nothing+is+called+this");
    pages.put("jobs-none", "/ui/jobs?show=running");
    pages.put("sessions-everybody", "/ui/sessions?everybody=true");
    return pages;
  }

  private static void look(String pattern, String address) {
    try {
      isFit(pattern, address);
      seen.add(pattern);
    } catch (AssertionError fault) {
      // The other pages are looked at all the same.
      faults.add(String.valueOf(fault.getMessage()));
      browser.dark(false);
      browser.size(1440, 900);
    }
  }

  private static void isFit(String pattern, String address) {
    go(address);
    assertThat(site.status()).as(address).isEqualTo(200);
    for (int width : WIDTHS) {
      browser.size(width, 800);
      assertThat(site.overhang()).as("%s at %d", address, width).isLessThanOrEqualTo(0);
    }
    assertThat(Axe.violations(browser)).as(address).isEmpty();
    browser.dark(true);
    assertThat(Axe.wrongColours(browser)).as("%s, dark", address).isEmpty();
    browser.dark(false);
    site.fitsAPhone(address);
    shoot(MappedPages.name(pattern));
    assertThat(browser.run("return document.querySelectorAll('h1').length").asInt())
        .as(address)
        .isEqualTo(1);
    assertThat(unlabelled()).as(address).isEmpty();
    assertThat(browser.complaints()).as(address).isEmpty();
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
    browser.click(".menu-body form[action='/ui/logout'] button");
    awaitText("h1", "Sign in");
    go("/ui/");
    awaitText("h1", "Sign in");
    MappedPages.of(server).stream()
        .filter(pattern -> isOutside(pattern) && !SEEN_ELSEWHERE.contains(pattern))
        .forEach(pattern -> look(pattern, pattern));
    assertThat(faults).isEmpty();
  }

  @Test
  @Order(13)
  void no_page_was_left_out() {
    assertThat(seen).isNotEmpty();
    assertThat(MappedPages.of(server))
        .as("put it before axe here, or say above where that is done")
        .containsAll(SEEN_ELSEWHERE)
        .allMatch(pattern -> seen.contains(pattern) || SEEN_ELSEWHERE.contains(pattern));
  }
}
