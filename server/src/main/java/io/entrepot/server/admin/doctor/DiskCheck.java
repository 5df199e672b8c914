// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether the data directory has room left. */
final class DiskCheck implements Check {

  /** A day of ledger and log of a busy server, with a margin; as {@code /health/ready} has it. */
  private static final long LEAST_BYTES = 64L << 20;

  private final Path data;

  DiskCheck(Path data) {
    this.data = data;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Outcome look() throws IOException {
    Path existing = Existing.above(data);
    long left = Files.getFileStore(existing).getUsableSpace();
    return left >= LEAST_BYTES
        ? Outcome.well()
        : Outcome.fault(
            "the disk of %s has %d MiB left; a server needs 64".formatted(existing, left >> 20),
            "free some space there, or move the data directory to a larger disk");
  }
}
