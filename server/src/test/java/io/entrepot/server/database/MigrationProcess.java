// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Brings a database to the newest tables in a process of its own, which dies on the way. */
final class MigrationProcess {

  private static final int PATIENCE_SECONDS = 60;

  private MigrationProcess() {}

  /**
   * Runs it to its end.
   *
   * @param database a SQLite file, or a JDBC address
   * @param killAt before or after which statement, as {@link StatementsThatKill} counts
   * @return whether it was killed; false when there are fewer statements
   */
  static boolean killed(String database, int killAt) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx128m",
                    "-XX:TieredStopAtLevel=1",
                    "-XX:+UseSerialGC",
                    "--enable-native-access=ALL-UNNAMED",
                    "-cp",
                    System.getProperty("java.class.path"),
                    MigrationProcess.class.getName(),
                    database,
                    Integer.toString(killAt)))
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
            .start();
    if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
      process.destroyForcibly();
      throw new IllegalStateException("the migration does not end, to be killed at " + killAt);
    }
    return switch (process.exitValue()) {
      case 0 -> false;
      case StatementsThatKill.KILLED -> true;
      default -> throw new IllegalStateException("the migration ended by itself, with an error");
    };
  }

  /** What runs in the process. */
  public static void main(String[] arguments) {
    StatementsThatKill deadly =
        StatementsThatKill.withinTransactions(Integer.parseInt(arguments[1]));
    try (Pools pools = deadly.within(TestDatabases.pools(arguments[0]))) {
      deadly.arm();
      Migrations.run(pools.writer());
    }
    Runtime.getRuntime().halt(0);
  }
}
