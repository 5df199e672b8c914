// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.settings;

import org.jspecify.annotations.Nullable;

/** The server will not start; the message is the one line an operator is shown. */
public final class RefusedStartException extends RuntimeException {

  public RefusedStartException(String message) {
    this(message, null);
  }

  public RefusedStartException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }
}
