// SPDX-License-Identifier: Apache-2.0

import static java.util.stream.Collectors.joining;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/**
 * Reads the test reports of every module and says how the run went: failed tests by name, then
 * {@code N passed, N failed, N skipped}, and on the last line what was skipped and why.
 *
 * <p>Arguments: the repository, and the exit status of the build. Exits 1 when a test failed, when
 * the build failed for another reason, when no test ran, or when {@code CI=true} and one was skipped.
 */
class TestSummary {

  private final List<String> failed = new ArrayList<>();
  private final TreeMap<String, List<String>> skippedByReason = new TreeMap<>();
  private int passed;
  private int skipped;

  public static void main(String[] arguments) throws Exception {
    TestSummary summary = new TestSummary();
    for (Path report : reports(Path.of(arguments[0]))) {
      summary.add(report);
    }
    System.exit(summary.print(Integer.parseInt(arguments[1])));
  }

  private static List<Path> reports(Path repository) throws IOException {
    List<Path> reports = new ArrayList<>();
    try (Stream<Path> modules = Files.list(repository)) {
      for (Path module : modules.sorted().toList()) {
        Path folder = module.resolve("target/surefire-reports");
        if (Files.isDirectory(folder)) {
          try (Stream<Path> files = Files.list(folder)) {
            files.filter(f -> f.getFileName().toString().matches("TEST-.*\\.xml")).sorted().forEach(reports::add);
          }
        }
      }
    }
    return reports;
  }

  private void add(Path report) throws Exception {
    NodeList cases =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(report.toFile())
            .getElementsByTagName("testcase");
    for (int i = 0; i < cases.getLength(); i++) {
      add((Element) cases.item(i));
    }
  }

  private void add(Element test) {
    String type = test.getAttribute("classname");
    String name = type.substring(type.lastIndexOf('.') + 1) + "." + test.getAttribute("name");
    NodeList skip = test.getElementsByTagName("skipped");
    if (skip.getLength() > 0) {
      skipped++;
      skippedByReason.computeIfAbsent(reason((Element) skip.item(0)), r -> new ArrayList<>()).add(name);
    } else if (has(test, "failure") || has(test, "error")) {
      failed.add(name);
    } else {
      passed++;
    }
  }

  private static boolean has(Element test, String tag) {
    return test.getElementsByTagName(tag).getLength() > 0;
  }

  private static String reason(Element skip) {
    String message = skip.getAttribute("message").strip();
    String text = message.isEmpty() ? skip.getTextContent().strip() : message;
    String first = text.isEmpty() ? "no reason given" : text.lines().findFirst().orElseThrow();
    return first.replaceFirst("^(org\\.opentest4j\\.TestAbortedException: )?(Assumption failed: )?", "");
  }

  private int print(int buildStatus) {
    failed.forEach(name -> System.out.println("FAILED " + name));
    boolean untold = buildStatus != 0 && failed.isEmpty();
    if (untold) {
      System.out.println("The build failed before or beside the tests: see the errors above.");
    }
    System.out.printf("%d passed, %d failed, %d skipped%n", passed, failed.size(), skipped);
    System.out.println(skipped == 0 ? "Skipped: nothing" : "Skipped: " + skips());
    boolean complete = skipped == 0 || !"true".equals(System.getenv("CI"));
    return failed.isEmpty() && !untold && passed > 0 && complete ? 0 : 1;
  }

  private String skips() {
    return skippedByReason.entrySet().stream()
        .map(e -> e.getValue().size() + " (" + e.getKey() + "): " + some(e.getValue()))
        .collect(joining("; "));
  }

  private static String some(List<String> names) {
    int shown = 3;
    String rest = names.size() > shown ? ", …" : "";
    return names.stream().limit(shown).collect(joining(", ")) + rest;
  }
}
