// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.InvalidFieldsException;
import java.io.IOException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.List;

/**
 * The local folders that places may lie in. With none configured an administrator may name any
 * absolute path; with some, only these and what is beneath them, for administrators too.
 */
public final class LocalRoots {

  private final List<Path> roots;

  public LocalRoots(List<Path> roots) {
    this.roots = roots.stream().map(root -> real(root.toAbsolutePath().normalize())).toList();
  }

  /**
   * The path to use for a local place: real as far as it exists, so that who opens it follows no
   * link.
   *
   * @param field the field to name when the path is refused
   * @throws InvalidFieldsException when it is not absolute or lies outside the roots, be it by
   *     {@code ..} or by symbolic link
   */
  public Path confine(String field, String text) {
    Path path;
    try {
      path = Path.of(text);
    } catch (InvalidPathException e) {
      throw refuse(field, text, "This is not a path: " + e.getReason());
    }
    if (!path.isAbsolute()) {
      throw refuse(field, text, "A local path begins with \"/\"");
    }
    Path real = real(path.normalize());
    if (!roots.isEmpty() && roots.stream().noneMatch(real::startsWith)) {
      throw refuse(field, text, "This path lies outside the folders that the server may use");
    }
    return real;
  }

  /** The path with the links of its existing part resolved. */
  static Path real(Path path) {
    try {
      return path.toRealPath();
    } catch (IOException e) {
      Path parent = path.getParent();
      return parent == null ? path : real(parent).resolve(path.getFileName());
    }
  }

  private static InvalidFieldsException refuse(String field, String text, String message) {
    return new InvalidFieldsException(FieldProblem.of(field, "value_error", message, text));
  }
}
