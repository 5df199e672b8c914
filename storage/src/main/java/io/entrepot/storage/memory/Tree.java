// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The folders and files of one store. Not safe for use by many threads by itself. */
final class Tree {

  private final Node.Folder root;
  private final boolean keepsEmptyFolders;

  Tree(Instant made, boolean keepsEmptyFolders) {
    this.root = Node.Folder.empty(made);
    this.keepsEmptyFolders = keepsEmptyFolders;
  }

  Optional<Node> find(ObjectPath path) {
    Node at = root;
    for (String name : path.names()) {
      if (at instanceof Node.Link) {
        throw throughLink(path);
      }
      Node next = at instanceof Node.Parent folder ? folder.child(name) : null;
      if (next == null) {
        return Optional.empty();
      }
      at = next;
    }
    return Optional.of(at);
  }

  Node require(ObjectPath path) {
    return find(path)
        .orElseThrow(
            () ->
                new StoreException(
                    ErrorCode.STORE_NOT_FOUND,
                    "there is no \"" + path + "\" in this store. Check the name."));
  }

  /** Puts a node under a name and makes the folders above it. */
  void put(ObjectPath path, Node node, Instant now) {
    folderFor(path.parent().names(), now, path).children().put(path.name(), node);
  }

  /** Takes away what stands under a name, and the folders it leaves empty if none are kept. */
  @Nullable Node remove(ObjectPath path) {
    if (!(find(path.parent()).orElse(null) instanceof Node.Folder folder)) {
      return null;
    }
    Node gone = folder.children().remove(path.name());
    if (!keepsEmptyFolders && folder.isEmpty() && !path.parent().isBase()) {
      remove(path.parent());
    }
    return gone;
  }

  private Node.Folder folderFor(List<String> names, Instant now, ObjectPath path) {
    Node.Folder at = root;
    for (String name : names) {
      switch (at.children().computeIfAbsent(name, _ -> Node.Folder.empty(now))) {
        case Node.Folder folder -> at = folder;
        case Node.GeneratedFolder _ ->
            throw new StoreException(
                ErrorCode.STORE_READ_ONLY,
                path + " lies in a generated folder, which takes no change. Use another folder.");
        case Node.Link _ -> throw throughLink(path);
        case Node.File _ ->
            throw new StoreException(
                ErrorCode.ALREADY_EXISTS,
                path + " would lie in something that is no folder. Use another name.");
      }
    }
    return at;
  }

  private static StoreException throughLink(ObjectPath path) {
    return new StoreException(
        ErrorCode.PATH_REFUSED,
        path + " leads through a symbolic link, and links are not followed. Name it directly.");
  }
}
