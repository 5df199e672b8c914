// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Id;
import org.jspecify.annotations.Nullable;

/**
 * Which files are wanted.
 *
 * @param instrument only files of this one; null for all
 * @param text only files whose name holds this, case and composition aside; null for all
 * @param after only files that come after this one in the list; null for all
 */
public record FileQuery(@Nullable Id instrument, @Nullable String text, @Nullable Id after) {

  public static final FileQuery ALL = new FileQuery(null, null, null);

  public FileQuery after(Id last) {
    return new FileQuery(instrument, text, last);
  }
}
