// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** A row was read, and what it holds can be neither a block nor an entry. */
public final class MalformedRowException extends EntrepotException {

  private static final long serialVersionUID = 1;

  private final long number;

  /**
   * @param number the block's number or the entry's sequence; 0 when even that cannot be read
   */
  public MalformedRowException(long number, String message, Throwable cause) {
    super(ErrorCode.LEDGER_BROKEN, message, cause);
    this.number = number;
  }

  public long number() {
    return number;
  }
}
