// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.health;

import io.entrepot.server.settings.DataDirectory;
import java.io.IOException;
import java.nio.file.Files;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whether the data directory has room for what the server writes about its own work. */
@Component
final class DiskPart implements HealthPart {

  /** A day of ledger and log of a busy server, with a margin. */
  private static final long LEAST_BYTES = 64L * 1024 * 1024;

  private final DataDirectory data;

  DiskPart(DataDirectory data) {
    this.data = data;
  }

  @Override
  public String name() {
    return "disk";
  }

  @Override
  public Optional<String> trouble() {
    try {
      long left = Files.getFileStore(data.root()).getUsableSpace();
      return left >= LEAST_BYTES
          ? Optional.empty()
          : Optional.of("less than 64 MiB are left; free some space");
    } catch (IOException _) {
      return Optional.of("the data directory cannot be read");
    }
  }
}
