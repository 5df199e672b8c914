// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import io.entrepot.server.identity.FirstAdministrator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/** What is seen before anybody has signed in, in a real browser. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
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

  /** What Swagger UI writes and draws that has less contrast than people need. */
  private static String tooFaint() {
    return site.browser()
        .run(
            """
            const shine = colour => {
              const [r, g, b] = colour.match(/[\\d.]+/g).map(Number).map(one => one / 255)
                .map(one => one <= .03928 ? one / 12.92 : ((one + .055) / 1.055) ** 2.4);
              return .2126 * r + .7152 * g + .0722 * b;
            };
            const ground = one => {
              for (let at = one; at; at = at.parentElement) {
                const colour = getComputedStyle(at).backgroundColor;
                if (!/^rgba.*, 0(\\.\\d+)?\\)$/.test(colour)) return colour;
              }
              return 'rgb(255, 255, 255)';
            };
            const contrast = (front, back) => {
              const [dark, light] = [shine(front), shine(back)].sort((one, other) => one - other);
              return (light + .05) / (dark + .05);
            };
            const look = (css, least, of) => [...document.querySelectorAll(css)].slice(0, 40)
              .filter(one => one.checkVisibility())
              .map(one => [css, contrast(getComputedStyle(one)[of], ground(one)) * getComputedStyle(one).opacity])
              .filter(([, has]) => has < least).map(([name, has]) => name + ' ' + has.toFixed(2));
            return [...new Set([
              ...look('.opblock-summary-method, .version-stamp .version', 4.5, 'color'),
              ...look('#viewer a', 4.5, 'color'),
              ...look('.btn.authorize', 4.5, 'color'),
              ...look('.authorization__btn svg', 3, 'fill'),
            ])].join(' | ');
            """)
        .asString();
  }

  private static void asksNobodyElse() {
    assertThat(site.browser().requests())
        .isNotEmpty()
        .allSatisfy(
            asked ->
                assertThat(asked).matches(site.at("/") + ".*|data:.*|blob:.*|chrome.*|about:.*"));
  }

  @Test
  @Order(1)
  void the_first_administrator_is_made_with_the_link_of_the_first_run_and_is_signed_in() {
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
    site.await(() -> site.browser().url().endsWith("/ui/"));
    assertThat(site.status()).isEqualTo(200);
    assertThat(site.browser().text(".menu")).contains("Signed in as first@example.org");
  }

  @Test
  @Order(2)
  void a_page_that_is_not_there_says_so_in_the_chosen_colours_and_leads_back() {
    site.browser().click("form[action='/ui/theme'] button");
    site.await(() -> theme().equals("dark"));
    site.go("/ui/nothing/at-all");
    assertThat(site.browser().text("h1")).isEqualTo("There is nothing here");
    assertThat(theme()).isEqualTo("dark");
    site.browser().click("main .btn-primary");
    site.await(() -> site.browser().url().endsWith("/ui/"));
    site.leaveBy("form[action='/ui/theme'] button");
    site.leaveBy("form[action='/ui/theme'] button");
    site.go("/ui/nothing/at-all");
    assertThat(theme()).isEmpty();
    site.isFitForEverybody("error");
    site.browser().complaints();
  }

  private static String theme() {
    return site.browser().run("return document.documentElement.dataset.theme ?? ''").asString();
  }

  @Test
  @Order(3)
  void the_description_of_the_api_is_shown_with_what_is_in_the_house() {
    site.browser().requests();
    site.browser().complaints();
    site.go("/docs");
    site.await(
        () ->
            site.browser().run("return document.querySelectorAll('.opblock').length").asInt() > 20);
    assertThat(tooFaint()).as("read in the light").isEmpty();
    isOurs("docs");
    asksNobodyElse();
    assertThat(site.browser().complaints()).isEmpty();
  }

  @Test
  @Order(4)
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
