// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin;

import java.nio.file.Path;

/** Where the user of a command stands. */
public final class Here {

  private Here() {}

  /** The launcher works in the program's own folder and says where its user stands. */
  public static Path resolved(Path path) {
    return Path.of(System.getProperty("launcher.here", ""))
        .resolve(path)
        .toAbsolutePath()
        .normalize();
  }
}
