// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

/** The server did something wrong after which a drill cannot go on. */
public final class FaultException extends RuntimeException {

  private static final long serialVersionUID = 1;

  /**
   * @param message what it did
   */
  public FaultException(String message) {
    super(message);
  }

  /**
   * As the other.
   *
   * @param cause how that was noticed
   */
  public FaultException(String message, Throwable cause) {
    super(message, cause);
  }
}
