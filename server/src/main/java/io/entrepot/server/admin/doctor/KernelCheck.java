// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

import java.util.Optional;

/** Whether the system has what files are kept with in a folder. */
final class KernelCheck implements Check {

  private final Optional<String> obstacle;

  /**
   * @param obstacle why files cannot be kept in a folder of this machine
   */
  KernelCheck(Optional<String> obstacle) {
    this.obstacle = obstacle;
  }

  @Override
  public String name() {
    return "kernel";
  }

  @Override
  public Outcome look() {
    return obstacle
        .map(
            why ->
                Outcome.fault(
                    "no storage location in a folder can take files: " + why,
                    "run the server on Linux 5.6 or newer; in a container, update its runtime or let"
                        + " its seccomp profile pass openat2"))
        .orElseGet(Outcome::well);
  }
}
