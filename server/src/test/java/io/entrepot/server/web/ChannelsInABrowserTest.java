// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import io.entrepot.server.notices.Receiver;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** The channels by which notices leave, in a real browser. */
class ChannelsInABrowserTest {

  private static Receiver receiver;
  private static Site site;
  private static Browser browser;

  @BeforeAll
  static void open() {
    Site.requireBrowser();
    receiver = Receiver.start();
    site = Site.open(TestServer.start("--entrepot.outgoing.allow=127.0.0.1"));
    browser = site.browser();
    site.signIn();
  }

  @AfterAll
  static void close() {
    if (site != null) {
      site.close();
      receiver.close();
    }
  }

  @Test
  void a_channel_is_made_tested_replayed_changed_and_deleted() {
    site.go("/ui/notices");
    browser.click("#channels");
    site.awaitText("h1", "Channels");
    site.isFitForEverybody("channels-none");
    browser.run("document.getElementById('provider').value = 'slack'; return true;");
    browser.click("#add");
    site.awaitText("h1", "Add a channel: Slack");
    browser.fill("#name", "Ops");
    browser.click("#save");
    site.awaitText("#webhook_url-error", "Fill this in");
    site.isFitForEverybody("channel-refused");
    browser.fill("#webhook_url", receiver.at("/canary").toString());
    browser.click("#save");
    site.awaitText("h1", "Ops");
    assertThat(browser.run("return document.documentElement.outerHTML").asString())
        .doesNotContain("/canary");
    browser.click("#test");
    site.awaitText("#log", "Sent");
    assertThat(receiver.requests()).hasSize(1);
    browser.click("#log button");
    site.await(() -> receiver.requests().size() == 2);
    site.go("/ui/notifications/channels");
    site.awaitText("tbody", "Ops");
    site.shoot("channels");
    browser.click("tbody a");
    site.awaitText("h1", "Ops");
    site.isFitForEverybody("channel");
    browser.fill("#name", "Ops two");
    browser.click("#save");
    site.awaitText("h1", "Ops two");
    browser.click("#test");
    site.awaitText("#log", "A test of Ops two");
    assertThat(receiver.requests()).hasSize(3);
    browser.run("window.scrollTo(0, 0); return true;");
    browser.click("#delete");
    site.awaitText("main", "It cannot be restored");
    browser.click("#confirm");
    site.awaitText("main", "No channel yet");
  }
}
