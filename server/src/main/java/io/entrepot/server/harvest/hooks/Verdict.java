// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.hooks;

/** What the hooks before a transfer say. */
public sealed interface Verdict {

  /** Take it to where files of this instrument go. */
  record Proceed() implements Verdict {}

  /** Do not take it. */
  record Skip(Hook by, String reason) implements Verdict {}

  /**
   * Take it to another folder of the same store.
   *
   * @param destination as the hook names it; not yet confined
   */
  record Redirect(Hook by, String destination) implements Verdict {}

  /** A hook could not answer, so nobody knows whether it may be taken. */
  record Hold(Hook by, String reason) implements Verdict {}
}
