// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import java.util.Iterator;

/**
 * The direct children of one folder, fetched as they are asked for.
 *
 * <p>A failure while iterating is thrown as {@link StoreException}: an error is never a shorter
 * list. For one thread; close it.
 */
public interface FolderListing extends Iterator<ObjectStat>, AutoCloseable {
  @Override
  void close();
}
