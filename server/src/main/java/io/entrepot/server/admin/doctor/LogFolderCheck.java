// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the log can be written. */
final class LogFolderCheck implements Check {

  private final Path logs;

  LogFolderCheck(Path data) {
    this.logs = data.resolve("logs");
  }

  @Override
  public String name() {
    return "log folder";
  }

  @Override
  public Outcome look() {
    if (!Files.exists(logs)) {
      return Outcome.notApplicable("there is no log yet");
    }
    try {
      Files.delete(Files.createTempFile(logs, "doctor", ""));
      Path log = logs.resolve("api.log");
      return !Files.exists(log) || Files.isWritable(log)
          ? Outcome.well()
          : fault(log + " cannot be written");
    } catch (IOException e) {
      return fault("nothing can be written to " + logs + " (" + e.getClass().getSimpleName() + ")");
    }
  }

  private Outcome fault(String problem) {
    return Outcome.fault(
        problem, "make it a folder of the server's account with mode 700, on a disk with room");
  }
}
