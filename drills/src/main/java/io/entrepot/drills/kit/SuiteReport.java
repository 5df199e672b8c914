// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.SAXException;

/**
 * What became of test classes, by what Surefire wrote of them.
 *
 * @param ran tests that were neither skipped nor failed
 * @param failed of which at least one assertion did not hold, or that broke down
 * @param skipped why, for each that was
 * @param missing classes of which nothing ran
 */
record SuiteReport(int ran, int failed, List<String> skipped, List<String> missing) {

  SuiteReport {
    skipped = List.copyOf(skipped);
    missing = List.copyOf(missing);
  }

  /** Removes what an earlier run wrote of these classes. */
  static void forget(Path folder, List<String> classes) {
    for (String name : classes) {
      for (Path file : files(folder, name)) {
        try {
          Files.delete(file);
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /**
   * Reads all of them.
   *
   * @param classes names without their packages
   */
  static SuiteReport read(Path folder, List<String> classes) {
    int ran = 0;
    int failed = 0;
    List<String> skipped = new ArrayList<>();
    List<String> missing = new ArrayList<>();
    for (String name : classes) {
      int tests = 0;
      for (Path file : files(folder, name)) {
        NodeList cases = parsed(file).getElementsByTagName("testcase");
        for (int i = 0; i < cases.getLength(); i++) {
          Element test = (Element) cases.item(i);
          tests++;
          if (has(test, "failure") || has(test, "error")) {
            failed++;
          } else if (has(test, "skipped")) {
            String why =
                ((Element) test.getElementsByTagName("skipped").item(0)).getAttribute("message");
            skipped.add("%s (%s)".formatted(test.getAttribute("name"), why));
          } else {
            ran++;
          }
        }
      }
      if (tests == 0) {
        missing.add(name);
      }
    }
    return new SuiteReport(ran, failed, skipped, missing);
  }

  private static boolean has(Element test, String child) {
    return test.getElementsByTagName(child).getLength() > 0;
  }

  /** Of the class itself and of those nested in it. */
  private static List<Path> files(Path folder, String name) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> all = Files.list(folder)) {
      return all.filter(
              file ->
                  file.getFileName().toString().matches("TEST-(.*\\.)?" + name + "(\\$.*)?\\.xml"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Element parsed(Path file) {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      return factory.newDocumentBuilder().parse(file.toFile()).getDocumentElement();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("no report of a test: " + file, e);
    }
  }
}
