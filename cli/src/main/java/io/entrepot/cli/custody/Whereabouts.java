// SPDX-License-Identifier: Apache-2.0
package io.entrepot.cli.custody;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where a ledger is: at most one of these. */
final class Whereabouts {

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The server's data directory (default: ./entrepot-data).")
  @Nullable Path data;

  @Option(
      names = "--database",
      paramLabel = "JDBC-URL",
      description = {
        "jdbc:postgresql:… or jdbc:sqlite:FILE.",
        "User and password: ENTREPOT_DATABASE_USER, ENTREPOT_DATABASE_PASSWORD."
      })
  @Nullable String database;

  @Option(names = "--export", paramLabel = "FILE", description = "A file that export wrote.")
  @Nullable Path export;

  OpenLedger open() {
    if (export != null) {
      return OpenLedger.ofExport(resolved(export));
    }
    if (database != null) {
      return OpenLedger.ofDatabase(database);
    }
    return OpenLedger.ofDataDirectory(resolved(data == null ? Path.of("entrepot-data") : data));
  }

  /** The launcher works in the program's own folder and says where its user stands. */
  static Path resolved(Path path) {
    return Path.of(System.getProperty("entrepot.here", "")).resolve(path);
  }
}
