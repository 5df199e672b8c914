// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.StoreException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;

/** Gives files their final names: content to the medium, rename, folders to the medium. */
final class Publication {

  /** Handles that are open at once; OpenSSH allows at least a few hundred. */
  private static final int GROUP = 64;

  private final SftpSession session;
  private final Wire wire;
  private final RemoteTree tree;
  private final Refusals refusals;
  private final Set<ObjectPath> checkedFolders = new HashSet<>();
  private final Set<ObjectPath> changedFolders = new LinkedHashSet<>();

  Publication(SftpSession session) {
    this.session = session;
    this.wire = session.wire();
    this.tree = new RemoteTree(session);
    this.refusals = new Refusals(session);
  }

  void run(List<Renaming> renamings) {
    try {
      for (int from = 0; from < renamings.size(); from += GROUP) {
        List<Renaming> group = renamings.subList(from, Math.min(from + GROUP, renamings.size()));
        group.forEach(this::prepareFolders);
        syncFiles(group);
        rename(group);
      }
    } catch (RuntimeException refusal) {
      syncAfter(refusal);
      throw refusal;
    }
    syncFolders(changedFolders);
  }

  /** Brings a file that has its name already to the medium, and the folders down to it. */
  void flush(ObjectPath path) {
    var ignored = new RemoteObject(session, path).demandFile(tree.find(path));
    if (wire.offers(Upload.FSYNC)) {
      sync(List.of(path), true);
      List<ObjectPath> above = new ArrayList<>();
      for (ObjectPath at = path; !at.isBase(); at = at.parent()) {
        above.add(at.parent());
      }
      syncFolders(above);
    }
  }

  /**
   * What has its final name is not the caller's to publish again, so its name must survive too.
   * Whether it does weighs more than why another was refused.
   */
  private void syncAfter(RuntimeException refusal) {
    try {
      syncFolders(changedFolders);
    } catch (RuntimeException flush) {
      flush.addSuppressed(refusal);
      throw flush;
    }
  }

  /** Puts the entries of these folders on the medium, where the server can. */
  void syncFolders(Collection<ObjectPath> folders) {
    if (!wire.offers(Upload.FSYNC)) {
      return;
    }
    for (ObjectPath folder : folders) {
      sync(List.of(folder), false);
    }
  }

  private void prepareFolders(Renaming renaming) {
    ObjectPath from = renaming.from().parent();
    ObjectPath to = renaming.to().parent();
    if (!checkedFolders.contains(from)) {
      Optional<Attributes> found = tree.find(from);
      if (found.isEmpty() || found.get().kind() != Kind.FOLDER) {
        throw found.isPresent() && found.get().kind() == Kind.LINK
            ? RemoteTree.linkRefused(from)
            : notFound(renaming.from());
      }
      checkedFolders.add(from);
    }
    if (!checkedFolders.contains(to)) {
      changedFolders.addAll(tree.makeFolders(to));
      checkedFolders.add(to);
    }
    changedFolders.add(from);
    changedFolders.add(to);
  }

  private void syncFiles(List<Renaming> group) {
    List<CompletableFuture<Reply>> looks = new ArrayList<>();
    for (Renaming renaming : group) {
      looks.add(wire.send(Request.of(Packet.LSTAT).string(session.remote(renaming.from()))));
    }
    for (int i = 0; i < group.size(); i++) {
      demandFile(wire.await(looks.get(i)), group.get(i).from());
    }
    if (wire.offers(Upload.FSYNC)) {
      sync(group.stream().map(Renaming::from).toList(), true);
    }
  }

  private void demandFile(Reply look, ObjectPath from) {
    if (look.isStatus(Packet.NO_SUCH_FILE)) {
      throw notFound(from);
    }
    if (look.type() != Packet.ATTRIBUTES) {
      throw refusals.writing(look, from);
    }
    if (look.attributes().kind() != Kind.FILE) {
      throw new StoreException(
          ErrorCode.PATH_REFUSED, "\"" + from + "\" is no file. Only files can be published.");
    }
  }

  private void sync(List<ObjectPath> paths, boolean strict) {
    List<CompletableFuture<Reply>> opens = new ArrayList<>();
    for (ObjectPath path : paths) {
      opens.add(
          wire.send(
              Request.of(Packet.OPEN)
                  .string(session.remote(path))
                  .integer(Packet.OPEN_READ)
                  .integer(0)));
    }
    List<CompletableFuture<Reply>> syncs = new ArrayList<>();
    List<StoreException> refused = new ArrayList<>();
    // What was refused is told at the end: every handle that was given has to be given back.
    for (int i = 0; i < opens.size(); i++) {
      Reply opened = wire.await(opens.get(i));
      if (opened.type() == Packet.HANDLE) {
        syncs.add(wire.send(Request.extended(Upload.FSYNC).string(opened.handle())));
        wire.send(Request.of(Packet.CLOSE).string(opened.handle()));
      } else if (strict) {
        refused.add(refusals.writing(opened, paths.get(i)));
      }
    }
    for (CompletableFuture<Reply> sync : syncs) {
      Reply done = wire.await(sync, Upload.SYNC_PATIENCE);
      if (!done.isOk()) {
        refused.add(refusals.writing(done, paths.getFirst()));
      }
    }
    if (!refused.isEmpty()) {
      throw refused.getFirst();
    }
  }

  private void rename(List<Renaming> group) {
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (Renaming renaming : group) {
      replies.add(
          wire.send(
              Request.of(Packet.RENAME)
                  .string(session.remote(renaming.from()))
                  .string(session.remote(renaming.to()))));
    }
    List<Reply> answers = replies.stream().map(wire::await).toList();
    for (int i = 0; i < answers.size(); i++) {
      if (!answers.get(i).isOk()) {
        throw occupiedOr(answers.get(i), group.get(i).to());
      }
    }
  }

  /** The server does not say why a rename failed; an occupied name is by far the likeliest. */
  StoreException occupiedOr(Reply refused, ObjectPath to) {
    return refused.isStatus(Packet.FAILURE) && tree.find(to).isPresent()
        ? occupied(to)
        : refusals.writing(refused, to);
  }

  static StoreException occupied(ObjectPath path) {
    return new StoreException(
        ErrorCode.ALREADY_EXISTS,
        "\"" + path + "\" exists already and is not replaced. Choose another name or remove it.");
  }

  private static StoreException notFound(ObjectPath path) {
    return new StoreException(
        ErrorCode.STORE_NOT_FOUND, "\"" + path + "\" is not there. Look at the folder again.");
  }
}
