// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** A one-time token is unknown, used or too old. */
public final class BadTokenException extends EntrepotException {

  BadTokenException() {
    super(ErrorCode.BAD_REQUEST, "This link was used already or is too old. Ask for a new one.");
  }
}
