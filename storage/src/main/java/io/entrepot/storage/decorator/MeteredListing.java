// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.decorator;

import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectStat;

/**
 * The children of one folder; the call ends with the listing. What takes time is to find out
 * whether there is one more.
 */
final class MeteredListing implements FolderListing {

  private final FolderListing listing;
  private final MeteredCall call;

  MeteredListing(FolderListing listing, MeteredCall call) {
    this.listing = listing;
    this.call = call;
  }

  @Override
  public boolean hasNext() {
    return call.in(listing::hasNext);
  }

  @Override
  public ObjectStat next() {
    return listing.next();
  }

  @Override
  public void close() {
    try {
      listing.close();
    } finally {
      call.end();
    }
  }
}
