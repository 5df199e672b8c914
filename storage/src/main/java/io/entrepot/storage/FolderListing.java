// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import io.entrepot.base.ErrorCode;
import java.util.Iterator;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The direct children of one folder, fetched as they are asked for.
 *
 * <p>A failure while iterating is thrown as {@link StoreException}: an error is never a shorter
 * list. For one thread; close it.
 *
 * <p>A child whose name cannot be in an {@link ObjectPath} is {@code NAME_REFUSED} from {@link
 * #next}, and the call after that gives the next child.
 */
public interface FolderListing extends Iterator<ObjectStat>, AutoCloseable {
  /**
   * As {@link #next}, for one who goes on beside a child that cannot be named.
   *
   * @param refused told why, when that is so
   * @return empty when that is so
   */
  default Optional<ObjectStat> nextUnlessRefused(Consumer<StoreException> refused) {
    try {
      return Optional.of(next());
    } catch (StoreException e) {
      if (e.code() != ErrorCode.NAME_REFUSED) {
        throw e;
      }
      refused.accept(e);
      return Optional.empty();
    }
  }

  @Override
  void close();
}
