// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.doctor;

/** Whether a lock of an archive repository was left behind. */
final class RepositoryLockCheck implements Check {

  @Override
  public String name() {
    return "repository locks";
  }

  @Override
  public Outcome look() {
    return Outcome.notApplicable("this version keeps no archives");
  }
}
