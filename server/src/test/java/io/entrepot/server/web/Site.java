// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.server.TestServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Assumptions;

/** A server and a browser that looks at it. */
record Site(TestServer server, Browser browser) implements AutoCloseable {

  private static final Duration PATIENCE = Duration.ofSeconds(60);

  /** Fails in CI, and leaves the test out elsewhere, where there is no browser. */
  static void requireBrowser() {
    if (!Browser.isInstalled()) {
      assertThat(System.getenv("CI")).as("chromium and chromedriver").isNull();
      Assumptions.abort("no chromium or chromedriver in /usr/bin");
    }
  }

  static Site open(TestServer server) {
    try {
      return new Site(server, Browser.anew());
    } catch (RuntimeException | Error e) {
      server.close();
      throw e;
    }
  }

  URI at(String path) {
    return server.address().resolve(path);
  }

  void go(String path) {
    browser.open(at(path));
  }

  void signIn() {
    go("/ui/login");
    browser.fill("#email", TestServer.ADMIN_EMAIL);
    browser.fill("#password", TestServer.ADMIN_PASSWORD);
    browser.click(".door-form button");
    await(() -> browser.url().endsWith("/ui/"));
  }

  /** Clicks what leads to another page, or to the same one anew, and waits for that. */
  void leaveBy(String css) {
    browser.run("window.isLeft = true; return true");
    browser.click(css);
    await(() -> browser.run("return window.isLeft === undefined").asBoolean());
  }

  void await(BooleanSupplier wanted) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (!wanted.getAsBoolean()) {
      assertThat(System.nanoTime())
          .as("waiting at %s: %s", browser.url(), browser.text("main"))
          .isLessThan(end);
      try {
        Thread.sleep(25);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(e);
      }
    }
  }

  void awaitText(String css, String text) {
    await(() -> browser.text(css).contains(text));
  }

  /**
   * No rule of accessibility is broken by the page in front, light or dark or on a phone, where it
   * is not wider than the screen and squeezes nothing.
   */
  void isFitForEverybody(String name) {
    assertThat(Axe.violations(browser)).as(name).isEmpty();
    browser.dark(true);
    assertThat(Axe.wrongColours(browser)).as("%s, dark", name).isEmpty();
    browser.dark(false);
    browser.size(390, 844);
    assertThat(overhang()).as(name).isLessThanOrEqualTo(0);
    assertThat(squeezed()).as("%s on a phone", name).isEmpty();
    assertThat(Axe.violationsOfLayout(browser)).as("%s on a phone", name).isEmpty();
    browser.size(1440, 900);
    shoot(name);
  }

  /** The text that has so little room that a word stands letter below letter. */
  private String squeezed() {
    return browser
        .run(
            """
            return [...document.querySelectorAll('main *')].filter(one => {
              const words = [...one.childNodes].filter(node => node.nodeType === Node.TEXT_NODE)
                .map(node => node.data.trim()).join('');
              const box = one.getBoundingClientRect();
              return words.length >= 8 && box.width > 2 && box.width < 32 && box.height > 60;
            }).map(one => one.textContent.trim()).join(' | ')
            """)
        .asString();
  }

  /** By how many pixels the page in front is wider than the window. */
  int overhang() {
    return browser.run("return document.documentElement.scrollWidth - window.innerWidth").asInt();
  }

  /** For a person to look at, when a folder is named for it. */
  void shoot(String name) {
    String folder = System.getProperty("screenshots", "");
    if (folder.isEmpty()) {
      return;
    }
    try {
      Files.createDirectories(Path.of(folder));
      for (int width : List.of(1440, 390)) {
        for (boolean dark : List.of(false, true)) {
          browser.size(width, width == 390 ? 844 : 900);
          browser.dark(dark);
          String file = name + (dark ? "-dark" : "") + (width == 390 ? "-phone" : "") + ".png";
          Files.write(Path.of(folder, file), browser.screenshot());
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } finally {
      browser.dark(false);
      browser.size(1440, 900);
    }
  }

  @Override
  public void close() {
    try {
      browser.open(URI.create("about:blank"));
    } finally {
      server.close();
    }
  }
}
