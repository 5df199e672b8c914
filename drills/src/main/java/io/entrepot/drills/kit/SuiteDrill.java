// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * A drill whose faults lie where no outsider reaches: tests of the server, which do few of them
 * amid the other tests and more when this asks for it. Green when all of them ran and passed.
 */
public final class SuiteDrill implements Drill {

  /** What a test says of its faults begins so. */
  private static final String TOLD = "drill: ";

  private final DrillSettings settings;
  private final List<String> tests;

  /**
   * @param tests names of test classes of the server, without their packages
   */
  public SuiteDrill(DrillSettings settings, String... tests) {
    this.settings = settings;
    this.tests = List.of(tests);
  }

  @Override
  public Verdict run() {
    List<String> told = new ArrayList<>();
    Path reports = DrillSettings.home().resolve("server/target/surefire-reports");
    SuiteReport.forget(reports, tests);
    int status = test(told);
    SuiteReport report = SuiteReport.read(reports, tests);
    String text = String.join("; ", told) + ", seed " + settings.seed();
    return verdict(status, report, text, told.isEmpty()).without(report.skipped());
  }

  private static Verdict verdict(int status, SuiteReport report, String text, boolean untold) {
    if (report.failed() > 0) {
      return Verdict.red("a test failed (see above); " + text);
    }
    if (!report.missing().isEmpty()) {
      return Verdict.cannot("be carried through: nothing ran of " + report.missing());
    }
    if (status != 0) {
      return Verdict.cannot("be carried through: the build failed (see above)");
    }
    return untold ? Verdict.cannot("say anything: no test said what it did") : Verdict.green(text);
  }

  private int test(List<String> told) {
    try {
      Process maven =
          new ProcessBuilder(command())
              .directory(DrillSettings.home().toFile())
              .redirectErrorStream(true)
              .start();
      try (BufferedReader lines =
          new BufferedReader(
              new InputStreamReader(maven.getInputStream(), StandardCharsets.UTF_8))) {
        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
          print(line, told);
        }
      }
      return maven.onExit().join().exitValue();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void print(String line, List<String> told) {
    int begin = line.indexOf(TOLD);
    if (begin >= 0) {
      told.add(line.substring(begin + TOLD.length()));
    }
    System.out.println("  " + (begin < 0 ? line : line.substring(begin + TOLD.length())));
  }

  private List<String> command() {
    return List.of(
        DrillSettings.home().resolve("mvnw").toString(),
        "-q",
        "-B",
        "-ntp",
        "test",
        "-pl",
        "server",
        "-am",
        "-Dtest=" + String.join(",", tests),
        "-Dsurefire.failIfNoSpecifiedTests=false",
        "-Ddrill.size=" + settings.size().name().toLowerCase(Locale.ROOT),
        "-Ddrill.seed=" + settings.seed(),
        "-Ddrill.work=" + settings.work(),
        "-Dtests.packaged=" + DrillSettings.home().resolve("dist/server"));
  }
}
