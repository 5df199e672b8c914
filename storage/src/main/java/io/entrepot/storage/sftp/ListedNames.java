// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.Unfinished;
import java.util.ArrayDeque;
import java.util.Deque;

/** What the server named in one folder and nobody has taken yet. */
final class ListedNames {

  private final ObjectPath folder;
  private final Deque<ObjectStat> ready = new ArrayDeque<>();
  private final Deque<StoreException> refused = new ArrayDeque<>();

  ListedNames(ObjectPath folder) {
    this.folder = folder;
  }

  /** Adds the names of one answer. */
  void add(Fields page) {
    for (int left = page.integer(); left > 0; left--) {
      String name = ObjectPath.decode(page.string());
      page.pass(page.integer());
      Attributes attributes = Attributes.parse(page);
      if (!name.equals(".") && !name.equals("..") && !Unfinished.isUnfinished(name)) {
        add(name, attributes);
      }
    }
  }

  private void add(String name, Attributes attributes) {
    ObjectPath path;
    try {
      path = folder.child(name);
    } catch (StoreException e) {
      refused.add(e);
      return;
    }
    ready.add(attributes.at(path));
  }

  /**
   * The next one.
   *
   * @throws StoreException {@code NAME_REFUSED} for a name that cannot be in a path
   */
  ObjectStat next() {
    StoreException refusal = refused.poll();
    if (refusal != null) {
      throw refusal;
    }
    return ready.remove();
  }

  boolean isEmpty() {
    return ready.isEmpty() && refused.isEmpty();
  }

  int size() {
    return ready.size() + refused.size();
  }

  void clear() {
    ready.clear();
    refused.clear();
  }
}
