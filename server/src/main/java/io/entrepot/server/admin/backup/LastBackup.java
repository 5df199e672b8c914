// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.settings.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.json.JsonMapper;

/**
 * How the last backup of a server went, kept in its data directory.
 *
 * @param file where it was to be
 * @param trouble why it failed; empty when it is good
 */
@JsonIgnoreProperties(ignoreUnknown = true)
public record LastBackup(Instant at, String file, String trouble) {

  private static final String NAME = "last-backup.json";
  private static final JsonMapper JSON = JsonMapper.builder().build();

  static LastBackup good(Instant at, Path file) {
    return new LastBackup(at, file.toString(), "");
  }

  static LastBackup failed(Instant at, Path file, String trouble) {
    return new LastBackup(at, file.toString(), trouble);
  }

  void writeTo(Path data) {
    try {
      DurableFile.writeSecret(data.resolve(NAME), JSON.writeValueAsString(this) + "\n");
    } catch (IOException e) {
      throw new EntrepotException(
          ErrorCode.STORE_WRITE_FAILED,
          "How the backup went cannot be kept in " + data + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * What the data directory remembers; empty when no backup was ever tried, or none can be read.
   */
  public static Optional<LastBackup> in(Path data) {
    Path file = data.resolve(NAME);
    try {
      return Files.exists(file)
          ? Optional.of(JSON.readValue(Files.readString(file), LastBackup.class))
          : Optional.empty();
    } catch (IOException | JacksonException _) {
      return Optional.empty();
    }
  }
}
