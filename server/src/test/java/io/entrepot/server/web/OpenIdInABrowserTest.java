// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import org.junit.jupiter.api.Test;

/** What somebody sees whom an OpenID provider sent back, in a real browser. */
class OpenIdInABrowserTest {

  @Test
  void somebody_who_began_elsewhere_is_told_so_and_led_back() {
    Site.requireBrowser();
    try (Site site =
        Site.open(
            TestServer.start(
                "--entrepot.address=https://entrepot.example",
                "--entrepot.openid.issuer=https://nobody.invalid",
                "--entrepot.openid.client-id=entrepot",
                "--entrepot.openid.groups.standard=*"))) {
      site.go("/ui/login/openid/return");
      assertThat(site.browser().text("h1")).isEqualTo("You are not signed in");
      site.isFitForEverybody("openid");
      // The browser itself notes the status 400 on its console.
      site.browser().complaints();
    }
  }
}
