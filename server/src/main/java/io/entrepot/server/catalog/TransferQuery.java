// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import org.jspecify.annotations.Nullable;

/** Which transfers are wanted; null means any. */
public record TransferQuery(
    @Nullable Id file, @Nullable Id run, @Nullable TransferStatus status, @Nullable Id after) {

  public static final TransferQuery ALL = new TransferQuery(null, null, null, null);

  public static TransferQuery ofFile(Id file) {
    return new TransferQuery(file, null, null, null);
  }

  public TransferQuery after(Id last) {
    return new TransferQuery(file, run, status, last);
  }
}
