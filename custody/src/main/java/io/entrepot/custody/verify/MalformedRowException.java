// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** A row was read, and what it holds can be neither a block nor an entry. */
public final class MalformedRowException extends EntrepotException {

  private static final long serialVersionUID = 1;

  public MalformedRowException(String message, Throwable cause) {
    super(ErrorCode.LEDGER_BROKEN, message, cause);
  }
}
