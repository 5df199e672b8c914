// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** Another account, live or deleted, has this address. */
public final class EmailTakenException extends EntrepotException {

  EmailTakenException(String email) {
    super(ErrorCode.ALREADY_EXISTS, "An account with the address " + email + " exists already.");
  }
}
