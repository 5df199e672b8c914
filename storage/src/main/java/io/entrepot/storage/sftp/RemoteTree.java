// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;

/** Looks at the tree below the base, link by link never followed, and makes folders in it. */
final class RemoteTree {

  private final SftpSession session;
  private final Wire wire;
  private final Refusals refusals;

  RemoteTree(SftpSession session) {
    this.session = session;
    this.wire = session.wire();
    this.refusals = new Refusals(session);
  }

  Optional<Attributes> find(ObjectPath path) {
    RemoteLooks looks = new RemoteLooks(session);
    looks.ask(path);
    return looks.find(path);
  }

  /** As {@link RemoteLooks#chain} of one path. */
  List<Attributes> chain(ObjectPath path) {
    RemoteLooks looks = new RemoteLooks(session);
    looks.ask(path);
    return looks.chain(path);
  }

  /**
   * Makes the folders down to {@code folder} that are missing.
   *
   * @return the folders that got a new entry
   */
  Set<ObjectPath> makeFolders(ObjectPath folder) {
    return folder.isBase() ? Set.of() : makeFolders(folder, chain(folder));
  }

  /** The same, when the chain to it, or past it, is known. */
  Set<ObjectPath> makeFolders(ObjectPath folder, List<Attributes> chain) {
    List<ObjectPath> steps = RemoteLooks.steps(folder);
    for (int i = 0; i < Math.min(chain.size(), steps.size()); i++) {
      demandFolder(chain.get(i), steps.get(i));
    }
    List<CompletableFuture<Reply>> made = new ArrayList<>();
    List<ObjectPath> missing = steps.subList(Math.min(chain.size(), steps.size()), steps.size());
    Set<ObjectPath> changed = new LinkedHashSet<>();
    for (ObjectPath step : missing) {
      made.add(wire.send(Request.of(Packet.MKDIR).string(session.remote(step)).integer(0)));
      changed.add(step.parent());
    }
    for (int i = 0; i < made.size(); i++) {
      Reply reply = wire.await(made.get(i));
      if (!reply.isOk()) {
        demandFolder(
            find(missing.get(i)).orElseThrow(refusal(reply, missing.get(i))), missing.get(i));
      }
    }
    return changed;
  }

  private Supplier<StoreException> refusal(Reply reply, ObjectPath path) {
    return () -> refusals.writing(reply, path);
  }

  private static void demandFolder(Attributes found, ObjectPath step) {
    if (found.kind() == Kind.LINK) {
      throw linkRefused(step);
    }
    if (found.kind() != Kind.FOLDER) {
      throw new StoreException(
          ErrorCode.ALREADY_EXISTS,
          "\"" + step + "\" is needed as a folder, but something else has that name. Rename it.");
    }
  }

  static StoreException linkRefused(ObjectPath path) {
    return new StoreException(
        ErrorCode.PATH_REFUSED,
        "\"" + path + "\" is a symbolic link, and links are not followed. Name its target itself.");
  }
}
