// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.NoSuchElementException;
import java.util.concurrent.CompletableFuture;

/**
 * The children of one folder, with several pages asked for ahead. Attributes come with the names.
 *
 * <p>Folders of ordinary size are fetched at once, so that a walk deep into a tree does not hold a
 * session per level.
 */
final class RemoteListing implements FolderListing {

  private static final int PAGES_AHEAD = 4;

  /** About 5 MiB of heap; larger folders are fetched as they are asked for. */
  private static final int FETCHED_AT_ONCE = 20_000;

  private final ObjectPath folder;
  private final byte[] handle;
  private final Lease lease;
  private final Deque<CompletableFuture<Reply>> pages = new ArrayDeque<>();
  private final ListedNames names;
  private boolean ended;

  RemoteListing(Lease lease, ObjectPath folder, byte[] handle) {
    this.lease = lease;
    this.folder = folder;
    this.handle = handle;
    this.names = new ListedNames(folder);
    while (!ended && names.size() < FETCHED_AT_ONCE) {
      fetch(lease.session());
    }
  }

  @Override
  public boolean hasNext() {
    while (names.isEmpty() && !ended) {
      fetch(lease.session());
    }
    return !names.isEmpty();
  }

  @Override
  public ObjectStat next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    return names.next();
  }

  @Override
  public void close() {
    names.clear();
    finish();
  }

  private void fetch(SftpSession open) {
    try {
      while (pages.size() < PAGES_AHEAD) {
        pages.add(open.wire().send(Request.of(Packet.READDIR).string(handle)));
      }
      Reply reply = open.wire().await(pages.remove());
      if (reply.isStatus(Packet.END)) {
        finish();
      } else if (reply.type() == Packet.NAME) {
        names.add(new Fields(reply.body()));
      } else {
        throw new Refusals(open).reading(reply, folder);
      }
    } catch (StoreException e) {
      finish();
      throw e;
    }
  }

  private void finish() {
    ended = true;
    lease.closeWith(handle);
  }
}
