// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Finds what keeps people from using a page, with axe-core: WCAG 2.2 A and AA, best practice. */
final class Axe {

  private static final String SOURCE = source();

  private Axe() {}

  private static String source() {
    try (InputStream in = Objects.requireNonNull(Axe.class.getResourceAsStream("/axe.min.js"))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static final String EVERY_RULE =
      "runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']";

  /** Each rule that the page in front breaks, with the elements that break it. */
  static List<String> violations(Browser browser) {
    return asked(browser, EVERY_RULE);
  }

  /** The same in a window of another width: all that this can change, which colours are not. */
  static List<String> violationsOfLayout(Browser browser) {
    return asked(browser, EVERY_RULE + ", rules: { 'color-contrast': { enabled: false } }");
  }

  /** The same by the rules that another theme can break: those that look at colours. */
  static List<String> wrongColours(Browser browser) {
    return asked(
        browser, "runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] }");
  }

  private static List<String> asked(Browser browser, String rules) {
    if (!browser.run("return typeof axe === 'object'").asBoolean()) {
      // Run as a script of the test, not of the page: its policy forbids nothing here.
      browser.run(SOURCE + "\nreturn true;");
    }
    // A part that is replaced meanwhile would be looked at half.
    browser.run(
        "document.querySelectorAll('[data-live]').forEach(part =>"
            + " part.removeAttribute('data-live')); return true;");
    var found =
        browser.run(
            """
            return axe.run({ %s, resultTypes: ['violations'], preload: false })
              .then(result => result.violations.map(rule =>
                rule.id + ': ' + rule.nodes.map(node => node.target.join(' ') + ' ' +
                  (node.any[0]?.message ?? node.all[0]?.message ?? node.none[0]?.message ?? '')).join(' | ')))
            """
                .formatted(rules));
    List<String> lines = new ArrayList<>();
    found.forEach(line -> lines.add(line.asString()));
    return lines;
  }
}
