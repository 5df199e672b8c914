// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.entrepot.drills.kit.Auditor;
import io.entrepot.drills.kit.CrashShim;
import java.nio.file.Files;
import java.nio.file.Path;

/** What a test cannot do without: it is skipped where that is missing, and fails in CI. */
final class Needs {

  /** What a test locks that is busy with the machine, or takes times that others would spoil. */
  static final String MACHINE = "the machine";

  private Needs() {}

  static void builtServer() {
    Path jar = Path.of("").toAbsolutePath().resolveSibling("dist/server/entrepot-server.jar");
    demand(Files.exists(jar), "dist/server is not built (./entrepot test builds it)");
    System.setProperty("entrepot.home", jar.resolve("../../..").normalize().toString());
  }

  /** What {@code ./entrepot custody} and {@code ./entrepot demo} run. */
  static void builtCommands() {
    Path libraries = Path.of("").toAbsolutePath().resolveSibling("cli/target/lib");
    demand(Files.isDirectory(libraries), "cli is not built (./entrepot test builds it)");
  }

  /** The classes of another module. */
  static void built(Path classes) {
    demand(Files.isDirectory(classes), classes + " is not built (./entrepot test builds it)");
  }

  static void auditor() {
    demand(Auditor.installed(), "python3 is not installed");
  }

  static void compiler() {
    demand(CrashShim.buildable(), "gcc is not installed");
  }

  private static void demand(boolean there, String reason) {
    if ("true".equals(System.getenv("CI"))) {
      assertThat(there).as(reason).isTrue();
    }
    assumeTrue(there, reason);
  }
}
