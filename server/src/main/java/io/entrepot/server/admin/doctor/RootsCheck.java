// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import io.entrepot.server.admin.doctor.Outcome.Fault;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** Whether the folders that places may lie in are there and can be read. */
final class RootsCheck implements Check {

  private final List<Path> roots;

  RootsCheck(List<Path> roots) {
    this.roots = List.copyOf(roots);
  }

  @Override
  public String name() {
    return "roots";
  }

  @Override
  public Outcome look() {
    if (roots.isEmpty()) {
      return Outcome.notApplicable("entrepot.roots is not set: places may lie in any folder");
    }
    List<Fault> faults = new ArrayList<>();
    for (Path root : roots) {
      if (!Files.isDirectory(root) || !Files.isReadable(root) || !Files.isExecutable(root)) {
        faults.add(
            new Fault(
                root + ", one of entrepot.roots, is no folder that can be read",
                "make or mount it, give the server's account access, or correct entrepot.roots"));
      }
    }
    return Outcome.of(faults);
  }
}
