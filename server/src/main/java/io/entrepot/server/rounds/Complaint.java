// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rounds;

/**
 * What the log was told of work that fails turn after turn: a failure that lasts is told once, and
 * again after it went well in between or became another one. For several threads.
 */
public final class Complaint {

  private volatile String told = "";

  /** Whether this is news; from now on it is none. */
  public boolean isNew(Throwable failure) {
    String now = failure.getClass().getName() + failure.getMessage();
    if (now.equals(told)) {
      return false;
    }
    told = now;
    return true;
  }

  /** It went well: the next failure is news, whatever it is. */
  public void settle() {
    told = "";
  }
}
