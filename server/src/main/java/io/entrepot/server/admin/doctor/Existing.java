// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;

/** Paths of which a part may not be there yet. */
final class Existing {

  private Existing() {}

  /** The path itself, or the lowest folder above it that is there. */
  static Path above(Path path) {
    Path found = path.toAbsolutePath();
    while (!Files.exists(found)) {
      found = Objects.requireNonNull(found.getParent(), "the root is always there");
    }
    return found;
  }
}
