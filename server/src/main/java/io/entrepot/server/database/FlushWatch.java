// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.database;

import com.zaxxer.hikari.SQLExceptionOverride;
import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

/** Notices a failed flush on connections whose statements are somebody else's. */
final class FlushWatch implements SQLExceptionOverride {

  private final List<Consumer<SQLException>> told = new CopyOnWriteArrayList<>();

  /** From now on this is told of each. */
  void tell(Consumer<SQLException> listener) {
    told.add(listener);
  }

  @java.lang.Override
  public Override adjudicate(SQLException error) {
    if (SqlErrors.isFailedFlush(error)) {
      told.forEach(listener -> listener.accept(error));
    }
    return Override.CONTINUE_EVICT;
  }
}
