// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** The job was asked to end before its work was done. A kind lets this through. */
public final class EndedEarlyException extends EntrepotException {

  private final EarlyEnd why;

  public EndedEarlyException(EarlyEnd why) {
    super(why == EarlyEnd.SHUTDOWN ? ErrorCode.INTERRUPTED : ErrorCode.CANCELLED, why.sentence());
    this.why = why;
  }

  public EarlyEnd why() {
    return why;
  }
}
