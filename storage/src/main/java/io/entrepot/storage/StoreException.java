// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import org.jspecify.annotations.Nullable;

/** A store failed. Connectors translate their vendor's exceptions into this one at their edge. */
public final class StoreException extends EntrepotException {

  public StoreException(ErrorCode code, String message) {
    super(code, message);
  }

  public StoreException(ErrorCode code, String message, @Nullable Throwable cause) {
    super(code, message, cause);
  }
}
