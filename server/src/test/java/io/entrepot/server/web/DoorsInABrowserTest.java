// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import io.entrepot.server.identity.FirstAdministrator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is seen before anybody has signed in, in a real browser. */
class DoorsInABrowserTest {

  private static Site site;

  @BeforeAll
  static void open() {
    Site.requireBrowser();
    site = Site.open(TestServer.startWithoutAdministrator());
  }

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
    }
  }

  /** It leads back, shows no picture that is missing, is dark where it should be, and fits. */
  private static void isOurs(String name) {
    Browser browser = site.browser();
    assertThat(browser.run("return document.querySelector('.brand').getAttribute('href')"))
        .hasToString("\"/ui/\"");
    assertThat(
            browser
                .run(
                    "return [...document.images].filter(one => one.checkVisibility()"
                        + " && one.naturalWidth === 0).length")
                .asInt())
        .isZero();
    browser.dark(true);
    site.await(DoorsInABrowserTest::hasItsColours);
    browser.size(390, 844);
    assertThat(site.overhang()).isLessThanOrEqualTo(0);
    browser.size(1440, 900);
    browser.dark(false);
    site.shoot(name, DoorsInABrowserTest::hasItsColours);
  }

  /** What is read is light on dark, or dark on light, as the system is. */
  private static boolean hasItsColours() {
    return site.browser()
        .run(
            """
            const text = document.querySelector('#viewer .opblock-summary-path, #viewer h2');
            if (!text) return false;
            const light = getComputedStyle(text).color.match(/\\d+/)[0] > 128;
            return light === matchMedia('(prefers-color-scheme: dark)').matches;
            """)
        .asBoolean();
  }

  private static void asksNobodyElse() {
    assertThat(site.browser().requests())
        .isNotEmpty()
        .allSatisfy(
            asked ->
                assertThat(asked).matches(site.at("/") + ".*|data:.*|blob:.*|chrome.*|about:.*"));
  }

  @Test
  void the_first_administrator_is_made_with_the_link_of_the_first_run() {
    String token = site.server().part(FirstAdministrator.class).invite().orElseThrow();
    site.go("/ui/setup/" + token);
    assertThat(site.browser().text("h1")).isEqualTo("Who looks after this warehouse?");
    site.isFitForEverybody("set-up");
    assertThat(site.browser().complaints()).isEmpty();
    site.browser().fill("#email", "first@example.org");
    site.browser().fill("#password", "short");
    site.browser().click(".door-form button");
    site.awaitText("#password-error", "8 characters");
    assertThat(site.status()).isEqualTo(422);
    site.isFitForEverybody("set-up-refused");
    // The browser itself notes the status 422 on its console.
    site.browser().complaints();
    site.browser().fill("#password", "four plain words here");
    site.browser().click(".door-form button");
    site.awaitText("h1", "Sign in");
    assertThat(site.status()).isEqualTo(200);
    site.isFitForEverybody("login-empty");
  }

  @Test
  void a_page_that_is_not_there_says_so_and_leads_back() {
    site.go("/ui/setup/used-up/and-more");
    assertThat(site.browser().text("h1")).isNotBlank();
    site.isFitForEverybody("error");
    site.browser().complaints();
  }

  @Test
  void the_description_of_the_api_is_shown_with_what_is_in_the_house() {
    site.browser().requests();
    site.browser().complaints();
    site.go("/docs");
    site.await(
        () ->
            site.browser().run("return document.querySelectorAll('.opblock').length").asInt() > 20);
    isOurs("docs");
    asksNobodyElse();
    assertThat(site.browser().complaints()).isEmpty();
  }

  @Test
  void the_description_of_the_api_can_be_read_as_one_text() {
    site.browser().requests();
    site.browser().complaints();
    site.go("/redoc");
    site.awaitText("h1", "Entrepot");
    site.await(
        () -> site.browser().run("return document.querySelectorAll('h2').length").asInt() > 20);
    isOurs("redoc");
    asksNobodyElse();
    assertThat(site.browser().complaints()).isEmpty();
  }
}
