// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.admin.backup.LastBackup;
import java.nio.file.Path;

/** Whether the last backup of the server itself went well. */
final class LastBackupCheck implements Check {

  private final Path data;

  LastBackupCheck(Path data) {
    this.data = data;
  }

  @Override
  public String name() {
    return "last backup";
  }

  @Override
  public Outcome look() {
    return LastBackup.in(data)
        .map(LastBackupCheck::judge)
        .orElseGet(() -> Outcome.notApplicable("none was made with ./entrepot admin backup"));
  }

  private static Outcome judge(LastBackup last) {
    return last.trouble().isEmpty()
        ? Outcome.well()
        : Outcome.fault(
            "the backup of %s failed: %s".formatted(last.at(), last.trouble()),
            "mend that and run ./entrepot admin backup again");
  }
}
