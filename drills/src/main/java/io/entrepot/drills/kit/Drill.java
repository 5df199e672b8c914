// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

/** One fault done to a real server, and what the auditor said of it. */
public interface Drill {

  public Verdict run();
}
