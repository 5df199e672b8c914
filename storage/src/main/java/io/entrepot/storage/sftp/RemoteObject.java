// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteMode;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** The verbs of the store on one path, over one session. */
final class RemoteObject {

  private static final String POSIX_RENAME = "posix-rename@openssh.com";
  private static final String SET_LINK_STAT = "lsetstat@openssh.com";

  private final SftpSession session;
  private final Wire wire;
  private final RemoteTree tree;
  private final Refusals refusals;
  private final ObjectPath path;

  RemoteObject(SftpSession session, ObjectPath path) {
    this.session = session;
    this.wire = session.wire();
    this.tree = new RemoteTree(session);
    this.refusals = new Refusals(session);
    this.path = path;
  }

  Optional<ObjectStat> stat() {
    return tree.find(path).map(found -> found.at(path));
  }

  FolderListing list(Lease lease) {
    demand(tree.find(path), Kind.FOLDER);
    Reply opened = wire.call(onPath(Packet.OPENDIR));
    if (opened.type() != Packet.HANDLE) {
      throw refusals.reading(opened, path);
    }
    return new RemoteListing(lease, path, opened.handle());
  }

  InputStream read(ReadOptions options, Lease lease) {
    Attributes found = demandFile(tree.find(path));
    Reply opened = wire.call(onPath(Packet.OPEN).integer(Packet.OPEN_READ).integer(0));
    var file = new ReadAheadStream.Opened(path, handle(opened), found.size());
    ReadAheadStream stream = new ReadAheadStream(session, file, options, lease::closeWith);
    wire.flush();
    return stream;
  }

  /** The handle of this object that an opening gave. */
  byte[] handle(Reply opened) {
    if (opened.type() != Packet.HANDLE) {
      throw refusals.reading(opened, path);
    }
    return opened.handle();
  }

  /**
   * Makes the folders above and sees that the name may be taken.
   *
   * @return folders that got a new entry
   */
  Set<ObjectPath> prepare(WriteMode mode) {
    List<Attributes> chain = tree.chain(path);
    boolean occupied = chain.size() == path.names().size();
    if (occupied && (mode == WriteMode.CREATE || chain.getLast().kind() == Kind.FOLDER)) {
      throw Publication.occupied(path);
    }
    if (occupied && !wire.offers(POSIX_RENAME)) {
      throw new StoreException(
          ErrorCode.NOT_SUPPORTED,
          "\""
              + path
              + "\" is there, and this server cannot replace a file in one step. Choose another name or remove it.");
    }
    return path.parent().isBase() ? Set.of() : tree.makeFolders(path.parent(), chain);
  }

  /** Moves what was written to its name. */
  ObjectStat finish(ObjectPath temporary, WriteOptions options, Set<ObjectPath> changed) {
    CompletableFuture<Reply> rename = sendRename(temporary, options.mode());
    CompletableFuture<Reply> look = wire.send(onPath(Packet.LSTAT));
    Reply renamed = wire.await(rename);
    if (!renamed.isOk()) {
      throw new Publication(session).occupiedOr(renamed, path);
    }
    if (options.durable()) {
      Set<ObjectPath> folders = new LinkedHashSet<>(changed);
      folders.add(path.parent());
      new Publication(session).syncFolders(folders);
    }
    Reply seen = wire.await(look);
    if (seen.type() != Packet.ATTRIBUTES) {
      throw refusals.writing(seen, path);
    }
    return seen.attributes().at(path);
  }

  private CompletableFuture<Reply> sendRename(ObjectPath temporary, WriteMode mode) {
    boolean replace = mode == WriteMode.REPLACE && wire.offers(POSIX_RENAME);
    Request request = replace ? Request.extended(POSIX_RENAME) : Request.of(Packet.RENAME);
    return wire.send(request.string(session.remote(temporary)).string(session.remote(path)));
  }

  void delete() {
    Optional<Attributes> found = tree.find(path);
    if (found.isEmpty()) {
      return;
    }
    boolean folder = found.get().kind() == Kind.FOLDER;
    Reply reply = wire.call(onPath(folder ? Packet.RMDIR : Packet.REMOVE));
    if (folder && reply.isStatus(Packet.FAILURE)) {
      throw new StoreException(
          ErrorCode.CONFLICT_STATE,
          "the folder \"" + path + "\" could not be removed; most likely it is not empty.");
    }
    if (!reply.isOk() && !reply.isStatus(Packet.NO_SUCH_FILE)) {
      throw refusals.writing(reply, path);
    }
  }

  void setModified(int second) {
    Attributes found = tree.find(path).orElseThrow(this::notFound);
    if (found.kind() == Kind.LINK) {
      throw RemoteTree.linkRefused(path);
    }
    Request request =
        wire.offers(SET_LINK_STAT)
            ? Request.extended(SET_LINK_STAT).string(session.remote(path))
            : onPath(Packet.SETSTAT);
    Reply reply = wire.call(request.integer(Packet.HAS_TIMES).integer(second).integer(second));
    if (!reply.isOk()) {
      throw refusals.writing(reply, path);
    }
  }

  /** What was found here, if it is a file. */
  Attributes demandFile(Optional<Attributes> look) {
    return demand(look, Kind.FILE);
  }

  private Attributes demand(Optional<Attributes> look, Kind wanted) {
    Attributes found = look.orElseThrow(this::notFound);
    if (found.kind() == wanted) {
      return found;
    }
    throw switch (found.kind()) {
      case LINK -> RemoteTree.linkRefused(path);
      case OTHER ->
          new StoreException(
              ErrorCode.PATH_REFUSED, "\"" + path + "\" is a device, socket or pipe; not opened.");
      case FILE, FOLDER -> notFound();
    };
  }

  private Request onPath(int type) {
    return Request.of(type).string(session.remote(path));
  }

  private StoreException notFound() {
    return new StoreException(
        ErrorCode.STORE_NOT_FOUND, "\"" + path + "\" is not there. Look at the folder again.");
  }
}
