// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.nio.charset.StandardCharsets;
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
    if (path.isBase()) {
      return Optional.of(base());
    }
    List<Attributes> chain = chain(path);
    return chain.size() == path.names().size() ? Optional.of(chain.getLast()) : Optional.empty();
  }

  /**
   * What stands under each name on the way to {@code path} (and under it), as far as there is
   * something; asked for in one round trip.
   *
   * @throws StoreException {@code PATH_REFUSED} when a link stands before the last name
   */
  List<Attributes> chain(ObjectPath path) {
    List<ObjectPath> steps = steps(path);
    List<CompletableFuture<Reply>> replies = new ArrayList<>();
    for (ObjectPath step : steps) {
      replies.add(wire.send(Request.of(Packet.LSTAT).string(session.remote(step))));
    }
    List<Attributes> found = new ArrayList<>();
    for (CompletableFuture<Reply> pending : replies) {
      Reply reply = wire.await(pending);
      ObjectPath step = steps.get(found.size());
      if (reply.isStatus(Packet.NO_SUCH_FILE)) {
        break;
      }
      if (reply.type() != Packet.ATTRIBUTES) {
        throw refusals.reading(reply, step);
      }
      found.add(reply.attributes());
      Kind kind = found.getLast().kind();
      boolean last = found.size() == steps.size();
      if (!last && kind == Kind.LINK) {
        throw linkRefused(step);
      }
      if (!last && kind != Kind.FOLDER) {
        break;
      }
    }
    if (found.isEmpty()) {
      base();
    }
    return found;
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
    List<ObjectPath> steps = steps(folder);
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

  private Attributes base() {
    Reply reply = wire.call(Request.of(Packet.STAT).string(session.remote(ObjectPath.BASE)));
    if (reply.type() == Packet.ATTRIBUTES && reply.attributes().kind() == Kind.FOLDER) {
      return reply.attributes();
    }
    if (reply.type() == Packet.ATTRIBUTES || reply.isStatus(Packet.NO_SUCH_FILE)) {
      throw new StoreException(
          ErrorCode.STORE_ROOT_MISSING,
          "The folder "
              + new String(session.remote(ObjectPath.BASE), StandardCharsets.UTF_8)
              + " is not there on the server. Check the path and whether it is mounted.");
    }
    throw refusals.reading(reply, ObjectPath.BASE);
  }

  static StoreException linkRefused(ObjectPath path) {
    return new StoreException(
        ErrorCode.PATH_REFUSED,
        "\"" + path + "\" is a symbolic link, and links are not followed. Name its target itself.");
  }

  private static List<ObjectPath> steps(ObjectPath path) {
    List<ObjectPath> steps = new ArrayList<>();
    for (ObjectPath at = path; !at.isBase(); at = at.parent()) {
      steps.addFirst(at);
    }
    return steps;
  }
}
