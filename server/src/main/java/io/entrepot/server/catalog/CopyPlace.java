// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.storage.ObjectPath;
import java.util.Optional;

/**
 * Where a copy is.
 *
 * @param base the base path that its storage location has now, as an administrator wrote it
 * @param path below the base path; with a slash in front for a copy of old that was put elsewhere
 *     than below it
 */
public record CopyPlace(String base, String path) {

  /** The path as people see it, the base path included. */
  public String shown() {
    return path.startsWith("/") ? path : base.replaceFirst("/+$", "") + "/" + path;
  }

  /** The path in the store; empty when it is not below the base path. */
  Optional<ObjectPath> inStore() {
    return path.startsWith("/") ? Optional.empty() : Optional.of(new ObjectPath(path));
  }
}
