// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.drills.kit.Command;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The auditor's search for secrets in records that lie in another database than a file. */
class CanariesTest {

  private static final String SEARCH =
      """
      import pathlib, sqlite3, sys, types
      sys.path.insert(0, sys.argv[1])
      import canaries
      database = sqlite3.connect(":memory:")
      database.row_factory = sqlite3.Row
      database.executescript(
          "create table instrument (name, description, picture);"
          "create table job_log_packed (job_id, content, lines);"
          "insert into instrument values ('a', 'so canary-00ff, there', null), ('b', null, x'63616e6172792d31313131')")
      planted = {"trap": "canary-00ff", "snare": "canary-1111", "rest": "canary-2222"}
      journal = [{"kind": "secret", "name": name, "value": value} for name, value in planted.items()]
      findings = []
      options = types.SimpleNamespace(data=pathlib.Path(sys.argv[2]), trace=[], postgresql="there")
      canaries.audit(database, journal, options, findings)
      print("; ".join(findings))
      """;

  @BeforeEach
  void what_the_auditor_is_written_in_is_there() {
    Needs.auditor();
  }

  @Test
  void a_secret_in_the_records_of_postgresql_is_found(@TempDir Path data) {
    Path auditor = Path.of("").toAbsolutePath().resolve("auditor");
    assertThat(Command.run("/usr/bin/python3", "-c", SEARCH, auditor.toString(), data.toString()))
        .isEqualToIgnoringNewLines(
            "K7 the trap stands in the records, in instrument.description;"
                + " K7 the snare stands in the records, in instrument.picture");
  }
}
