// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;

/** A password was refused; the message says which rule it breaks. */
public final class WeakPasswordException extends EntrepotException {

  WeakPasswordException(String rule) {
    super(ErrorCode.INVALID_FIELD, rule);
  }
}
