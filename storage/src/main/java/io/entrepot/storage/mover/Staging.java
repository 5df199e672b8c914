// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.Id;
import io.entrepot.storage.Capability;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.Unfinished;
import java.time.Instant;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The folder in a target store where copies wait for their final names.
 *
 * <p>An object in it is named by the id of its batch and a number, whatever its final name, so that
 * a final name may be as long as the store allows. Whoever lists a store skips this folder.
 */
public final class Staging {

  /** Directly below the base of the store. */
  public static final ObjectPath FOLDER = new ObjectPath(".entrepot-staging");

  private static final Pattern NAME = Pattern.compile("([0-9a-f]{24})-\\d+");

  private Staging() {}

  /** Whether this is the staging folder or lies in it. */
  public static boolean holds(ObjectPath path) {
    String text = path.text();
    return text.startsWith(FOLDER.text())
        && (text.length() == FOLDER.text().length() || text.charAt(FOLDER.text().length()) == '/');
  }

  static ObjectPath place(Id batch, int number) {
    return FOLDER.child(batch.hex() + "-" + number);
  }

  /**
   * Removes what batches begun before a moment left behind. Give a moment at which no mover that
   * still runs, in this process or in another one that shares the store, had begun. Anything in the
   * folder that is not ours is left alone.
   *
   * @return how many objects were removed
   */
  public static int reclaim(Store store, Instant begunBefore) {
    if (!store.capabilities().contains(Capability.PUBLISH) || store.stat(FOLDER).isEmpty()) {
      return 0;
    }
    int removed = 0;
    try (FolderListing listing = store.list(FOLDER)) {
      while (listing.hasNext()) {
        ObjectStat left = listing.next();
        if (left.isFile() && begun(left.path().name(), begunBefore)) {
          store.delete(left.path());
          removed++;
        }
      }
    }
    return removed;
  }

  private static boolean begun(String name, Instant before) {
    Matcher matcher = NAME.matcher(name);
    Optional<Instant> begun =
        matcher.matches() ? Optional.of(new Id(matcher.group(1)).made()) : Unfinished.begun(name);
    return begun.isPresent() && begun.get().isBefore(before);
  }
}
