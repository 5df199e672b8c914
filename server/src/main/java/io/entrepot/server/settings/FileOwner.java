// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.Optional;

/** Whose a file is. */
public final class FileOwner {

  /** A folder of the kernel's that belongs to whoever looks. */
  private static final Path SELF = Path.of("/proc/self");

  private FileOwner() {}

  /** The owner's name where it is another account than this process runs as. */
  public static Optional<String> otherThanMe(Path file) throws IOException {
    UserPrincipal owner = Files.getOwner(file);
    return owner.equals(me(file)) ? Optional.empty() : Optional.of(owner.getName());
  }

  /** The account that this process runs as. */
  public static UserPrincipal me(Path near) throws IOException {
    return Files.exists(SELF)
        ? Files.getOwner(SELF)
        : near.getFileSystem()
            .getUserPrincipalLookupService()
            .lookupPrincipalByName(System.getProperty("user.name", ""));
  }
}
