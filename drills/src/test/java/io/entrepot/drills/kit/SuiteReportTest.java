// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SuiteReportTest {

  @TempDir Path folder;

  private void report(String name, String cases) throws IOException {
    Files.writeString(
        folder.resolve("TEST-io.entrepot." + name + ".xml"),
        "<?xml version=\"1.0\"?><testsuite>" + cases + "</testsuite>");
  }

  @Test
  void a_test_that_was_skipped_and_a_class_that_did_not_run_are_told() throws IOException {
    report(
        "SessionEndsTest",
        "<testcase name=\"a\"/><testcase name=\"b\"><skipped message=\"no PostgreSQL\"/></testcase>");
    report("SessionEndsTest$Nested", "<testcase name=\"c\"><failure>x</failure></testcase>");
    report("OtherSessionEndsTest", "<testcase name=\"d\"><error/></testcase>");
    assertThat(SuiteReport.read(folder, List.of("SessionEndsTest", "LogFilesTest")))
        .isEqualTo(new SuiteReport(1, 1, List.of("b (no PostgreSQL)"), List.of("LogFilesTest")));
  }

  @Test
  void what_an_earlier_run_wrote_counts_for_nothing() throws IOException {
    report("SessionEndsTest", "<testcase name=\"a\"/>");
    SuiteReport.forget(folder, List.of("SessionEndsTest"));
    assertThat(SuiteReport.read(folder, List.of("SessionEndsTest")).missing())
        .containsExactly("SessionEndsTest");
  }
}
