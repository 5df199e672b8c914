// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermissions;

/** Files that only the server's own user may read. */
final class OwnFile {

  private OwnFile() {}

  /** Puts the text there in one step, so that nobody ever finds half of it. */
  static void write(Path file, String text) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Path temporary = file.resolveSibling(file.getFileName() + ".new");
    Files.deleteIfExists(temporary);
    Files.createFile(
        temporary,
        PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    Files.writeString(temporary, text + "\n");
    Files.move(temporary, file, StandardCopyOption.ATOMIC_MOVE);
  }
}
