// SPDX-License-Identifier: Apache-2.0
package io.entrepot.base;

import org.jspecify.annotations.Nullable;

/**
 * Something failed in a way the catalogue knows.
 *
 * <p>The message is for a person: what happened, to which thing, and what to do. It never holds a
 * secret.
 */
public class EntrepotException extends RuntimeException {

  private final ErrorCode code;

  public EntrepotException(ErrorCode code, String message) {
    this(code, message, null);
  }

  public EntrepotException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(message, cause);
    this.code = code;
  }

  public ErrorCode code() {
    return code;
  }
}
