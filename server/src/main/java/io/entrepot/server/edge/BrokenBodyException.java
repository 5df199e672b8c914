// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.io.IOException;
import java.util.concurrent.TimeoutException;

/** A request's body stopped coming before it was complete, which is its caller's doing. */
final class BrokenBodyException extends IOException {

  private static final long serialVersionUID = 1;

  BrokenBodyException(IOException cause) {
    super(cause);
  }

  /** Whether nothing came for too long, rather than the connection having ended. */
  boolean isLate() {
    for (Throwable cause = getCause(); cause != null; cause = cause.getCause()) {
      if (cause instanceof TimeoutException) {
        return true;
      }
    }
    return false;
  }
}
