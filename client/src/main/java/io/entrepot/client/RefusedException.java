// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client;

/** The server answered, and the answer was no. */
public final class RefusedException extends RuntimeException {

  private static final long serialVersionUID = 1;
  private static final int SHOWN = 500;

  private final int status;

  RefusedException(String request, int status, String body) {
    super(
        request
            + " was answered "
            + status
            + ": "
            + body.substring(0, Math.min(SHOWN, body.length())));
    this.status = status;
  }

  /** The HTTP status, 300 or above. */
  public int status() {
    return status;
  }
}
