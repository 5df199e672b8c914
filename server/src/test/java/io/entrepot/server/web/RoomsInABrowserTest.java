// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobState;
import io.entrepot.server.jobs.Jobs;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What administrators do in the rooms after the first day, in a real browser. */
class RoomsInABrowserTest {

  @TempDir static Path folders;

  private static Site site;
  private static Browser browser;
  private static String instrument = "";
  private static String location = "";
  private static Path folder = Path.of("");

  @BeforeAll
  static void open() throws Exception {
    Site.requireBrowser();
    site = Site.open(TestServer.start());
    browser = site.browser();
    folder = newFolder("instrument");
    Files.writeString(folder.resolve("first.txt"), "first");
    instrument = instrument("Zeiss", folder);
    location =
        made(
            "/api/storage-locations",
            """
            {"name": "Main store", "type": "posix", "base_path": "%s"}"""
                .formatted(newFolder("storage")));
    made(
        "/api/schedules",
        """
        {"instrument_id": "%s", "default_storage_location_id": "%s", "cron_expression": "@yearly"}"""
            .formatted(instrument, location));
    site.signIn();
  }

  private static Path newFolder(String name) throws IOException {
    return Files.createTempDirectory(folders, name);
  }

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
    }
  }

  @BeforeEach
  void quiet() {
    browser.complaints();
  }

  private static String instrument(String name, Path where) {
    return made(
        "/api/instruments",
        """
        {"name": "%s", "cifs_host": "", "cifs_share": "", "cifs_base_path": "%s",
         "transfer_config": {"transport": "posix", "stability_seconds": 0}}"""
            .formatted(name, where));
  }

  private static String made(String collection, String body) {
    return site.server().admin().post(collection, body).expect(201).json().get("id").asString();
  }

  /** An instrument with a storage location and a schedule of its own, which starts nothing soon. */
  private static String scheduled(String name, Path where) throws IOException {
    String made = instrument(name, where);
    String into =
        made(
            "/api/storage-locations",
            """
            {"name": "Store of %s", "type": "posix", "base_path": "%s"}"""
                .formatted(name, newFolder("storage")));
    made(
        "/api/schedules",
        """
        {"instrument_id": "%s", "default_storage_location_id": "%s", "cron_expression": "@yearly"}"""
            .formatted(made, into));
    return made;
  }

  @Test
  void the_list_of_jobs_goes_on_as_far_as_there_are_jobs() throws IOException {
    String busy = scheduled("Busy", newFolder("busy"));
    site.server().admin().post("/api/instruments/" + busy + "/harvest").expect(200);
    Jobs jobs = site.server().part(Jobs.class);
    var order =
        jobs.list(JobFilter.ALL.inStates(Set.of(JobState.values())), null, 1)
            .items()
            .getFirst()
            .order();
    for (int i = 0; i < 55; i++) {
      jobs.start(order);
    }
    site.go("/ui/jobs");
    String newest = "return document.querySelector('tbody a.name').href";
    String first = browser.run(newest).asString();
    assertThat(browser.run("return document.querySelectorAll('tbody tr').length").asInt())
        .isEqualTo(50);
    press("#older");
    site.await(() -> browser.url().contains("before="));
    assertThat(browser.run(newest).asString()).isNotEqualTo(first);
    press("#newest");
    site.await(() -> !browser.url().contains("before="));
  }

  @Test
  void the_page_of_a_refused_priority_becomes_that_of_the_job_when_the_job_ends()
      throws IOException {
    Path calm = newFolder("calm");
    Files.writeString(calm.resolve("calm.txt"), "calm");
    String busy = waitedFor(calm);
    String first = started(busy);
    String second = started(busy);
    try {
      site.go("/ui/jobs/" + second);
      String refusing =
          browser.run("return document.getElementById('prioritize').form.action").asString();
      String page = refusing.substring(0, refusing.lastIndexOf('/'));
      browser.fill("#priority", "high");
      site.leaveBy("#prioritize");
      site.awaitText("#priority-error", "-100 to 100");
      assertThat(browser.url()).isEqualTo(refusing);

      cancelled(second);

      site.await(() -> browser.url().equals(page));
      site.awaitText("#job-state", "Cancelled");
      site.await(() -> site.status() == 200);
    } finally {
      cancelled(first);
    }
  }

  private static void cancelled(String run) {
    site.server().admin().post("/api/runs/" + run + "/cancel").expect(200);
    site.await(
        () -> site.server().admin().get("/api/runs/" + run).text().contains("\"cancelled\""));
  }

  /** An instrument whose runs last until somebody ends them. */
  private static String waitedFor(Path where) throws IOException {
    String made = scheduled("Calm", where);
    site.server()
        .admin()
        .patch(
            "/api/instruments/" + made,
            "{\"transfer_config\": {\"transport\": \"posix\", \"stability_seconds\": 3600}}")
        .expect(200);
    return made;
  }

  private static String started(String instrument) {
    return site.server()
        .admin()
        .post("/api/instruments/" + instrument + "/harvest")
        .expect(200)
        .json()
        .at("/triggered/0/flow_run_id")
        .asString();
  }

  @Test
  void times_are_shown_as_the_readers_clocks_show_them() throws IOException {
    Path far = newFolder("far");
    Files.writeString(far.resolve("far.txt"), "far");
    String busy = scheduled("Far away", far);
    site.server().admin().post("/api/instruments/" + busy + "/harvest").expect(200);
    String runs = "/api/runs?instrument_id=" + busy;
    site.await(() -> site.server().admin().get(runs).text().contains("\"completed\""));
    browser.zone("Asia/Tokyo");
    try {
      site.go("/ui/jobs");
      String title = browser.run("return document.querySelector('tbody time').title").asString();
      assertThat(title).endsWith(" GMT+9");
      press("tbody a.name");
      site.awaitText("main", "files were looked at");
      assertThat(shown("#job-log time")).isEqualTo(inTokyo("#job-log time"));

      String file =
          site.server().admin().get("/api/files?q=far.txt").json().get(0).get("id").asString();
      site.go("/ui/files/" + file);
      assertThat(shown("dl time")).endsWith(inTokyo("dl time") + " GMT+9");

      browser.run(
          "htmx.swap(document.querySelector('main'), '<p id=\"late\"><time data-here=\"exact\""
              + " datetime=\"2026-11-21T20:00:00Z\">UTC</time></p>', {swapStyle: 'beforeend'});");
      site.awaitText("#late", "Sun 22 Nov 2026, 05:00:00 GMT+9");
      assertThat(browser.complaints()).isEmpty();
    } finally {
      browser.zone("");
    }
  }

  private static String shown(String css) {
    return browser.run("return document.querySelector('" + css + "').textContent").asString();
  }

  private static String inTokyo(String css) {
    String time = browser.run("return document.querySelector('" + css + "').dateTime").asString();
    return DateTimeFormatter.ofPattern("HH:mm:ss")
        .format(Instant.parse(time).atZone(ZoneId.of("Asia/Tokyo")));
  }

  /** In one step, because a list that is live may be another one by the time of a second. */
  private static void press(String css) {
    browser.run("document.querySelector('" + css + "').click(); return true;");
  }

  private static void pressDelete() {
    browser.click("#delete");
    site.await(() -> browser.url().endsWith("/delete"));
    assertThat(browser.text(".notice")).contains("It can be restored");
    browser.click("#confirm");
    site.awaitText(".notice", "was deleted");
  }

  @Test
  void what_is_deleted_is_asked_about_first_and_can_be_brought_back() throws IOException {
    String spare = instrument("Spare", newFolder("spare"));
    site.go("/ui/instruments/" + spare);
    pressDelete();
    assertThat(browser.text("tbody")).doesNotContain("Spare");
    browser.click("#undo");
    site.awaitText("h1", "Spare");
    pressDelete();
    site.go("/ui/instruments");
    browser.click("details.twin summary");
    site.shoot("instruments-deleted");
    browser.click("details.twin button");
    site.awaitText("h1", "Spare");
    site.go("/ui/storage/" + location);
    pressDelete();
    browser.click("#undo");
    site.awaitText("h1", "Main store");
    browser.click("#enabled");
    site.leaveBy("#save");
    site.go("/ui/schedules");
    browser.click("a.name");
    site.awaitText("h1", "Harvest Zeiss");
    pressDelete();
    browser.click("#undo");
    site.awaitText("h1", "Harvest Zeiss");
  }

  @Test
  void a_service_account_is_changed_and_never_shows_its_secret() {
    site.go("/ui/accounts/new");
    browser.fill("#name", "Microscopes");
    browser.fill("#username", "svc");
    browser.fill("#password", "a secret of theirs");
    browser.click("#save");
    site.awaitText("tbody", "Microscopes");
    browser.click("a.name");
    site.awaitText("h1", "Microscopes");
    assertThat(browser.run("return document.documentElement.outerHTML").asString())
        .doesNotContain("a secret of theirs");
    browser.fill("#username", "reader");
    browser.click("#save");
    site.awaitText("tbody", "reader");
    browser.click("a.name");
    site.awaitText("h1", "Microscopes");
    site.shoot("accounts-one");
    pressDelete();
  }

  @Test
  void a_hook_is_made_and_what_is_wrong_with_its_settings_is_said_at_the_field() {
    site.go("/ui/hooks/new");
    browser.fill("#name", "No scratch files");
    browser.fill("#more", "{\"exclude\": ");
    browser.click("#save");
    site.awaitText("#more-error", "not a JSON object");
    browser.complaints();
    browser.fill("#more", "{\"exclude_patterns\": [\"*.tmp\"]}");
    browser.click("#save");
    site.awaitText("h1", "No scratch files");
    site.shoot("hooks-one");
    assertThat(Axe.violations(browser)).isEmpty();
    site.go("/ui/hooks");
    site.awaitText("tbody", "File filter");
    site.shoot("hooks-filled");
    browser.click("a.name");
    site.awaitText("h1", "No scratch files");
    pressDelete();
  }

  @Test
  void somebody_is_let_in_and_shut_out_again() {
    site.server().newUser("ilse@example.org");
    site.go("/ui/instruments/" + instrument);
    browser.click("#access");
    site.awaitText("h1", "Who may see Zeiss");
    browser.fill("#who", "nobody@example.org");
    browser.click("#save");
    site.awaitText("#who-error", "Nobody here is known by this.");
    browser.complaints();
    browser.fill("#who", "ilse@example.org");
    browser.click("#save");
    site.awaitText("tbody", "ilse@example.org");
    site.shoot("access-filled");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("tbody button");
    site.awaitText("main", "Nobody in particular");
  }

  @Test
  void a_schedule_is_read_back_in_words_while_it_is_typed() {
    site.go("/ui/schedules/new");
    browser.fill("#cron_expression", "30 2 * * 0");
    site.awaitText("#preview", "At 02:30 on Sunday");
    assertThat(browser.run("return document.querySelectorAll('#preview li').length").asInt())
        .isEqualTo(5);
    browser.fill("#timezone", "Europe/Atlantis");
    site.awaitText("#preview", "There is no time zone of this name");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_form_asks_for_what_the_chosen_kind_needs() {
    site.go("/ui/storage/new");
    assertThat(isShown("#host")).isFalse();
    choose("type", "nfs");
    assertThat(isShown("#host")).isTrue();
    site.go("/ui/instruments/new");
    assertThat(isShown("#cifs_host")).isFalse();
    choose("transport", "sftp");
    assertThat(isShown("#cifs_host")).isTrue();
    site.go("/ui/accounts/new");
    assertThat(isShown("#private_key")).isFalse();
    choose("auth_type", "ssh_key");
    assertThat(isShown("#private_key")).isTrue();
    assertThat(isShown("#password")).isFalse();
    site.go("/ui/hooks/new");
    assertThat(isShown("#webhook_url")).isFalse();
    choose("what", "http_webhook");
    assertThat(isShown("#webhook_url")).isTrue();
    assertThat(isShown("#script_path")).isFalse();
  }

  private static boolean isShown(String css) {
    return browser
        .run("return document.querySelector('" + css + "').checkVisibility()")
        .asBoolean();
  }

  private static void choose(String field, String value) {
    browser.run("document.getElementById('" + field + "').value = '" + value + "'; return true;");
  }

  @Test
  void a_failed_connection_test_says_what_to_do() {
    site.go("/ui/instruments/new");
    browser.fill("#cifs_base_path", folder.resolve("nowhere").toString());
    browser.click("#test");
    site.awaitText("#checked", "failed");
    assertThat(browser.text("#checked .notice")).contains("Check the folder");
    site.shoot("instrument-failed");
    assertThat(Axe.violations(browser)).isEmpty();
  }

  @Test
  void the_steps_of_a_connection_test_are_shown_as_they_are_made() {
    site.go("/ui/instruments/" + instrument);
    browser.click("#test");
    site.awaitText("#checked", "All good");
    String[] sent =
        browser
            .run(
                """
                const form = new URLSearchParams(new FormData(document.getElementById('test').form));
                return fetch('/ui/instruments/test/steps', { method: 'POST', body: form })
                  .then(answer => answer.text())
                """)
            .asString()
            .split("event:steps");
    assertThat(sent).hasSize(6);
    assertThat(sent[1]).contains("Connect…").doesNotContain("List the folder");
    assertThat(sent[2]).contains("List the folder…").doesNotContain("Read one file");
    assertThat(sent[3]).contains("Read one file…").doesNotContain("All good");
    assertThat(sent[5]).contains("All good").doesNotContain("…");
    assertThat(Axe.violations(browser)).isEmpty();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void the_start_page_moves_while_it_is_looked_at() throws IOException {
    Path fresh = newFolder("fresh");
    String moving = scheduled("Moving", fresh);
    site.go("/ui/");
    String marked = "window.stillHere = true; return true;";
    browser.run(marked);
    String arrived = "arrived-%s.txt".formatted(System.nanoTime());
    Files.writeString(fresh.resolve(arrived), "new");
    site.server().admin().post("/api/instruments/" + moving + "/harvest").expect(200);
    site.awaitText("#arrivals", arrived);
    site.awaitText("#quay", "Each was read back");
    assertThat(browser.run("return window.stillHere === true").asBoolean()).isTrue();
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_long_harvest_is_watched_cancelled_and_tried_again() throws IOException {
    Path big = newFolder("big");
    try (RandomAccessFile file = new RandomAccessFile(big.resolve("movie.raw").toFile(), "rw")) {
      file.setLength(8L << 30);
    }
    String slow = scheduled("Slow", big);
    site.go("/ui/instruments/" + slow);
    browser.run(
        "document.querySelector('form[action$=\"/harvest\"]').requestSubmit(); return true;");
    site.awaitText("h1", "Harvest Slow");
    site.awaitText("#job-progress", "/s");
    site.awaitText("#job-log", "Looking at Slow");
    assertThat(browser.text(".top .activity")).contains("1", "at work");
    site.shoot("job-running");
    assertThat(Axe.violations(browser)).isEmpty();
    browser.click("#cancel summary");
    browser.click("form[action$='/cancel'] button");
    site.awaitText("#job-state", "Cancelled");
    String first = browser.url();
    site.await(() -> !browser.text("form[action$='/retry']").isEmpty());
    assertThat(
            browser.run("return document.querySelectorAll('#job-steps .state-bad').length").asInt())
        .isZero();
    assertThat(browser.text("#job-steps")).contains("cancelled").doesNotContain("failed");
    assertThat(browser.text("#job-progress"))
        .contains("nothing was brought in")
        .doesNotContain("1 of 1 file", "0 bytes");
    site.shoot("job-cancelled");
    browser.click("form[action$='/retry'] button");
    site.await(() -> !browser.url().equals(first));
    site.awaitText(".page-head", "as a retry");
    browser.click("#cancel summary");
    browser.click("form[action$='/cancel'] button");
    site.awaitText("#job-state", "Cancelled");
  }

  @Test
  void lists_are_walked_with_keys_and_every_stop_of_the_tabulator_is_seen() {
    site.go("/ui/schedules");
    browser.type("j");
    assertThat(browser.run("return document.activeElement.className").asString()).isEqualTo("name");
    browser.type("\uE007");
    site.awaitText("h1", "Harvest ");
    site.go("/ui/instruments");
    int stops =
        browser
            .run(
                "return [...document.querySelectorAll('a, button, input:not([type=hidden]), summary')]"
                    + ".filter(one => one.checkVisibility()).length")
            .asInt();
    for (int i = 0; i < stops; i++) {
      browser.type("\uE004");
      assertThat(
              browser
                  .run(
                      "const at = document.activeElement; const style = getComputedStyle(at);"
                          + "return at === document.body || style.outlineStyle !== 'none'"
                          + " || style.boxShadow !== 'none'"
                          + " || getComputedStyle(at.parentElement).outlineStyle !== 'none'")
                  .asBoolean())
          .as("focus is seen at stop %d", i)
          .isTrue();
    }
  }
}
