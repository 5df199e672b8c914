// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** API keys and where one is signed in, in a real browser. */
class CredentialsInABrowserTest {

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

  private static void choose(String field, String value) {
    browser.run("document.getElementById('" + field + "').value = '" + value + "'; return true;");
  }

  @Test
  void the_places_where_one_is_signed_in_are_listed_and_ended() {
    var program = site.server().admin();
    site.go("/ui/");
    browser.click("header .menu summary");
    browser.click("header .menu a[href='/ui/sessions']");
    site.awaitText("h1", "Where you are signed in");
    assertThat(browser.text("tbody")).contains("Chrome on Linux", "this one", "127.0.0.1");
    browser.click("#end-others");
    site.await(
        () -> browser.run("return document.querySelectorAll('tbody tr').length").asInt() == 1);
    assertThat(program.get("/api/files").status()).isEqualTo(401);
    var other = site.server().newUser("elsewhere@example.org");
    site.go("/ui/sessions?everybody=true");
    site.awaitText("tbody", "elsewhere@example.org");
    browser.click("tbody tr:nth-child(2) button");
    site.await(() -> !browser.text("tbody").contains("elsewhere@example.org"));
    assertThat(other.get("/api/files").status()).isEqualTo(401);
    assertThat(browser.complaints()).isEmpty();
  }

  @Test
  void a_key_is_made_shown_once_renamed_and_revoked() {
    site.go("/ui/keys");
    site.awaitText("main", "No key yet");
    browser.click(".page-head .btn-primary");
    site.awaitText("h1", "Make a key");
    browser.click("#save");
    site.awaitText("#name-error", "Fill this in.");
    browser.fill("#name", "nightly");
    choose("scope", "read");
    browser.click("#door_harvest");
    browser.click("#save");
    site.awaitText("h1", "Your new key");
    site.isFitForEverybody("key-made");
    String token = browser.text("#token");
    browser.run("Object.defineProperty(navigator, 'clipboard', {value: undefined}); return true;");
    browser.click(".docket button");
    site.awaitText("main", "Select it and press Ctrl C.");
    assertThat(browser.run("return getSelection().toString()").asString()).isEqualTo(token);
    assertThat(site.server().withToken(token).get("/api/files").status()).isEqualTo(200);
    assertThat(site.server().withToken(token).get("/api/keys").status()).isEqualTo(403);
    browser.click("main .btn-primary");
    site.awaitText("tbody", "nightly");
    assertThat(browser.text("tbody"))
        .contains("May look, harvest API only", "127.0.0.1", token.substring(0, 10))
        .doesNotContain(token);
    browser.click("tbody a");
    site.awaitText("h1", "nightly");
    site.shoot("keys-used");
    browser.fill("#name", "weekly");
    browser.click("#save");
    site.awaitText("h1", "weekly");
    assertThat(browser.text("[role=status]")).isEqualTo("Saved.");
    site.go("/ui/keys?everybody=true");
    site.awaitText("tbody", "of " + TestServer.ADMIN_EMAIL);
    browser.click("tbody a");
    site.awaitText("h1", "weekly");
    browser.click("#revoke");
    site.awaitText("h1", "Revoke weekly?");
    assertThat(browser.text("#used")).contains("Last used", "from 127.0.0.1");
    assertThat(site.server().withToken(token).get("/api/files").status()).isEqualTo(200);
    site.isFitForEverybody("key-revoke");
    browser.click("#confirm");
    site.awaitText("main", "No key yet");
    assertThat(browser.text("[role=status]")).isEqualTo("The key was revoked.");
    assertThat(browser.url()).endsWith("/ui/keys");
    assertThat(site.server().withToken(token).get("/api/files").status()).isEqualTo(401);
  }
}
