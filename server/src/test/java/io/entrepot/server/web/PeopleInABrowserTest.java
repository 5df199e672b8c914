// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.server.TestServer;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Role;
import io.entrepot.server.notices.Inbox;
import io.entrepot.server.notices.Notice;
import java.net.URI;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** People, groups, projects and notices, in a real browser. */
class PeopleInABrowserTest {

  private static Site site;
  private static Browser browser;

  @BeforeAll
  static void open() {
    Site.requireBrowser();
    site = Site.open(TestServer.start());
    browser = site.browser();
    site.signIn();
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

  private static Account account(String email) {
    return site.server().part(Accounts.class).findByEmail(email).orElseThrow();
  }

  private static void choose(String field, String value) {
    browser.run("document.getElementById('" + field + "').value = '" + value + "'; return true;");
  }

  @Test
  void somebody_is_added_changed_shut_out_deleted_and_brought_back() {
    site.go("/ui/people");
    assertThat(browser.text("tbody")).contains(TestServer.ADMIN_EMAIL).contains("you");
    browser.click(".page-head .btn-primary");
    site.awaitText("h1", "Add somebody");
    browser.fill("#email", "ilse");
    browser.fill("#password", "four plain words here");
    browser.click("#save");
    site.awaitText("#email-error", "name@example.org");
    browser.fill("#email", "ilse@example.org");
    browser.fill("#password", "short");
    browser.click("#save");
    site.awaitText("#password-error", "8 characters");
    assertThat(browser.run("return document.getElementById('password').value").asString())
        .isEmpty();
    site.isFitForEverybody("people-refused");
    browser.fill("#password", "four plain words here");
    browser.click("#save");
    site.awaitText("h1", "ilse@example.org");
    var ilse =
        site.server()
            .withToken(
                site.server().anonymous().signIn("ilse@example.org", "four plain words here"));
    assertThat(ilse.get("/ui/people").status()).isEqualTo(403);
    choose("role", "admin");
    browser.click("#save");
    site.awaitText(".page-head", "Administrator");
    assertThat(account("ilse@example.org").role()).isEqualTo(Role.ADMIN);
    browser.click("#active");
    browser.click("#save");
    site.awaitText(".page-head", "Cannot sign in");
    assertThat(ilse.get("/ui/").status()).isNotEqualTo(200);
    browser.click("#delete");
    site.await(() -> browser.url().endsWith("/delete"));
    browser.click("#confirm");
    site.awaitText(".notice", "ilse@example.org was deleted");
    assertThat(undoStandsBesideIt()).isTrue();
    site.isFitForEverybody("people-deleted");
    browser.click("#undo");
    site.awaitText("h1", "ilse@example.org");
    assertThat(account("ilse@example.org").active()).isFalse();
  }

  /** On a phone too: the icon, what was deleted and the way back are on one line. */
  private static boolean undoStandsBesideIt() {
    browser.size(390, 844);
    try {
      return browser
          .run(
              """
              const middle = css => {
                const box = document.querySelector('.notice ' + css).getBoundingClientRect();
                return (box.top + box.bottom) / 2;
              };
              return Math.abs(middle('.icon') - middle('#undo')) < 8
                && Math.abs(middle('.say') - middle('#undo')) < 8;
              """)
          .asBoolean();
    } finally {
      browser.size(1440, 900);
    }
  }

  @Test
  void nobody_takes_the_last_administrator_away() {
    String oneself = "/ui/people/" + PageIds.text(account(TestServer.ADMIN_EMAIL).id());
    site.go(oneself);
    assertThat(browser.run("return document.getElementById('delete') === null").asBoolean())
        .isTrue();
    choose("role", "standard");
    browser.click("#save");
    site.awaitText(".notice-bad", "last administrator");
    site.go(oneself + "/delete");
    browser.click("#confirm");
    site.awaitText(".notice-bad", "You cannot delete yourself");
  }

  @Test
  void a_group_is_made_and_people_come_and_go() {
    site.server().newUser("tomas@example.org");
    site.go("/ui/groups");
    site.awaitText("h1", "Groups");
    browser.click(".page-head .btn-primary");
    site.awaitText("h1", "Add a group");
    browser.click("#save");
    site.awaitText("#name-error", "Fill this in.");
    browser.fill("#name", "Cryo");
    browser.click("#save");
    site.awaitText("h1", "Cryo");
    site.awaitText("main", "Nobody is in it");
    String cryo = URI.create(browser.url()).getPath();
    browser.fill("#who", "nobody@example.org");
    browser.click("#add");
    site.awaitText("#who-error", "Nobody here is known by this.");
    browser.fill("#who", "tomas@example.org");
    browser.click("#add");
    site.awaitText("tbody", "tomas@example.org");
    browser.fill("#who", "tomas@example.org");
    browser.click("#add");
    site.awaitText(".notice-bad", "Already a member");
    site.isFitForEverybody("groups-one");
    site.go("/ui/people/" + PageIds.text(account("tomas@example.org").id()));
    site.awaitText("aside", "Cryo");
    browser.click("aside .list a");
    site.awaitText("h1", "Cryo");
    browser.click("tbody button");
    site.awaitText("main", "Nobody is in it");
    browser.fill("#description", "Electron microscopes");
    site.leaveBy("#save");
    site.go("/ui/groups");
    site.awaitText("tbody", "Electron microscopes");
    browser.click("a.name[href='" + cryo + "']");
    site.awaitText("h1", "Cryo");
    browser.click("#delete");
    site.await(() -> browser.url().endsWith("/delete"));
    browser.click("#confirm");
    site.awaitText(".notice", "Cryo was deleted");
    browser.click("#undo");
    site.awaitText("h1", "Cryo");
  }

  @Test
  void what_somebody_did_is_found_in_the_audit_log_and_the_health_of_the_house_is_shown() {
    site.go("/ui/audit");
    site.awaitText("h1", "Audit log");
    site.awaitText("tbody", "added person");
    assertThat(browser.text("tbody"))
        .contains("can sign in: yes", "role: Administrator")
        .doesNotContain("is_active", "_at:", "true")
        .doesNotContainPattern("\\d{4}-\\d\\d-\\d\\dT");
    site.isFitForEverybody("audit");
    browser.fill("#who", "nobody@example.org");
    browser.click(".card-head button");
    site.awaitText("main", "No change fits");
    browser.fill("#who", TestServer.ADMIN_EMAIL);
    site.leaveBy(".card-head button");
    site.awaitText("tbody", TestServer.ADMIN_EMAIL);
    String call = browser.text(".twin-part pre");
    assertThat(call).startsWith("GET /api/audit?").contains("actor=");
    assertThat(site.server().admin().get(call.substring("GET ".length())).expect(200).text())
        .contains(TestServer.ADMIN_EMAIL);
    site.go("/ui/audit?action=login_failed");
    site.awaitText("main", "No change fits");
    site.go("/ui/health");
    site.awaitText("main", "Everything works.");
    assertThat(browser.text("tbody")).contains("Database", "Disk", "Ledger", "Jobs");
  }

  @Test
  void a_group_is_taken_into_a_project() {
    site.server().admin().post("/api/groups", "{\"name\": \"Light\"}").expect(201);
    site.server().admin().post("/api/projects", "{\"name\": \"Mapping\"}").expect(201);
    site.go("/ui/projects");
    browser.type("j");
    browser.type("\uE007");
    site.awaitText("h1", "Mapping");
    choose("kind", "group");
    browser.fill("#who", "light");
    browser.click("#add");
    site.awaitText("tbody", "Group Light");
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void notices_are_counted_read_and_taken_away() {
    Inbox inbox = site.server().part(Inbox.class);
    List<Id> me = List.of(account(TestServer.ADMIN_EMAIL).id());
    site.go("/ui/notices");
    site.awaitText("main", "No notices");
    inbox.tell(
        me, new Notice.Draft("test", "A run failed", "Zeiss did not answer.", "/api/runs/some"));
    inbox.tell(me, new Notice.Draft("test", "Somebody asks", "For a microscope.", null));
    site.go("/ui/");
    site.awaitText(".side", "Notices2");
    browser.size(390, 844);
    assertThat(browser.text(".top .bell")).startsWith("2");
    browser.size(1440, 900);
    browser.type("gn");
    site.awaitText("h1", "Notices");
    assertThat(browser.text("main")).contains("2 are unread.");
    assertThat(
            browser
                .run("return document.querySelector('.needs a').getAttribute('href')")
                .asString())
        .isEqualTo("/ui/jobs/some");
    site.isFitForEverybody("notices");
    browser.click(".needs button");
    site.awaitText("main", "One is unread.");
    browser.click("#read-all");
    site.awaitText("main", "Nothing is unread.");
    browser.click(".needs .btn-quiet");
    site.await(
        () -> browser.run("return document.querySelectorAll('.needs > li').length").asInt() == 1);
    assertThat(browser.complaints()).isEmpty();
  }
}
