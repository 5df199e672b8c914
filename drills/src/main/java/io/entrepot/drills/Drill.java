// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

/** One fault done to a real server, and what the auditor said of it. */
interface Drill {

  Verdict run();
}
