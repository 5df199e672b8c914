// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** Somebody has a token of the sync door already. */
public final class TokenExistsException extends EntrepotException {

  TokenExistsException(Throwable cause) {
    super(ErrorCode.ALREADY_EXISTS, "You have a token already. Delete it first.", cause);
  }
}
