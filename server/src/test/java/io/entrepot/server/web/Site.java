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
    fitsAPhone(name);
    assertThat(Axe.violationsOfLayout(browser)).as("%s on a phone", name).isEmpty();
    browser.size(1440, 900);
    shoot(name);
  }

  /** On a phone nothing is wider or longer than it should be, cut off or squeezed. */
  void fitsAPhone(String name) {
    browser.size(360, 844);
    assertThat(overhang()).as("%s on a phone", name).isLessThanOrEqualTo(0);
    assertThat(surplus()).as("%s on a phone is longer than what is on it", name).isBetween(-4, 4);
    assertThat(cutOff()).as("choices cut off on a phone by %s", name).isEmpty();
    assertThat(squeezed()).as("%s on a phone", name).isEmpty();
  }

  /**
   * By how many pixels the page in front goes on below its end and the bar that lies there, or
   * leaves off above the end of the window.
   */
  private int surplus() {
    return browser
        .run(
            """
            const end = document.querySelector('.page, .door-main').getBoundingClientRect().bottom + scrollY;
            const bar = document.querySelector('.tabbar')?.getBoundingClientRect().height ?? 0;
            const sheet = document.querySelector('.main, .door-main');
            const sheetEnd = sheet ? sheet.getBoundingClientRect().bottom + scrollY : innerHeight;
            const all = document.documentElement.scrollHeight;
            return Math.round(Math.max(all - Math.max(innerHeight, end + bar), all - sheetEnd));
            """)
        .asInt();
  }

  /** The choices that are longer than the field they are chosen in. */
  private String cutOff() {
    return browser
        .run(
            """
            const pen = document.createElement('canvas').getContext('2d');
            return [...document.querySelectorAll('select')].filter(one => one.checkVisibility())
              .flatMap(one => {
                const look = getComputedStyle(one);
                pen.font = `${look.fontWeight} ${look.fontSize} ${look.fontFamily}`;
                const arrow = 20;
                const room = one.clientWidth - parseFloat(look.paddingLeft) - parseFloat(look.paddingRight) - arrow;
                return [...one.options].filter(option => pen.measureText(option.text).width > room);
              }).map(option => option.text).join(' | ')
            """)
        .asString();
  }

  /** What the page in front was answered with. */
  int status() {
    return browser
        .run("return performance.getEntriesByType('navigation')[0].responseStatus")
        .asInt();
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
    shoot(name, () -> true);
  }

  /** The same, of a page that is made anew for each theme. */
  void shoot(String name, BooleanSupplier settled) {
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
          await(settled);
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
