// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Looks at some paths and at all names on the way to them, links never followed. All are sent
 * before the first is waited for, and a folder that several paths share is looked at once.
 */
final class RemoteLooks {

  private final SftpSession session;
  private final Wire wire;
  private final Refusals refusals;
  private final Map<ObjectPath, CompletableFuture<Reply>> asked = new HashMap<>();

  RemoteLooks(SftpSession session) {
    this.session = session;
    this.wire = session.wire();
    this.refusals = new Refusals(session);
  }

  /** Sends what is needed to answer for this path. */
  void ask(ObjectPath path) {
    steps(path).forEach(this::look);
  }

  private CompletableFuture<Reply> look(ObjectPath step) {
    return asked.computeIfAbsent(
        step, at -> wire.send(Request.of(Packet.LSTAT).string(session.remote(at))));
  }

  /** What stands under a path that was asked for, if anything does. */
  Optional<Attributes> find(ObjectPath path) {
    if (path.isBase()) {
      return Optional.of(base());
    }
    List<Attributes> chain = chain(path);
    return chain.size() == path.names().size() ? Optional.of(chain.getLast()) : Optional.empty();
  }

  /**
   * What stands under each name on the way to a path that was asked for, and under it, as far as
   * there is something.
   *
   * @throws StoreException {@code PATH_REFUSED} when a link stands before the last name
   */
  List<Attributes> chain(ObjectPath path) {
    List<ObjectPath> steps = steps(path);
    List<Attributes> found = new ArrayList<>();
    for (ObjectPath step : steps) {
      Reply reply = wire.await(look(step));
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
        throw RemoteTree.linkRefused(step);
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

  /** The names on the way from the base to the path, the path last. */
  static List<ObjectPath> steps(ObjectPath path) {
    List<ObjectPath> steps = new ArrayList<>();
    for (ObjectPath at = path; !at.isBase(); at = at.parent()) {
      steps.addFirst(at);
    }
    return steps;
  }
}
