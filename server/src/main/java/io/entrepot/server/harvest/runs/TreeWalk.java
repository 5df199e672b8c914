// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.Staging;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Walks all files below the base of a store in {@link PathOrder}, one folder in memory at a time.
 *
 * <p>Links, devices, the mover's staging folder and the marker of a storage location are passed by.
 * A folder below the base that cannot be listed, and a name that cannot be in a path, are told to
 * the listener and passed by; the base itself must be listed.
 */
final class TreeWalk implements Iterator<Sighting> {

  private static final ObjectPath LOCATION_MARKER = new ObjectPath(StorageLocation.MARKER);

  private final Store store;
  private final String markerPrefix;
  private final Listener listener;
  private final Deque<Folder> open = new ArrayDeque<>();
  private @Nullable Sighting next;

  /** Hears of what cannot be walked. */
  interface Listener {
    void unreadable(ObjectPath folder, StoreException why);

    /** A file or folder within this one, which nobody can have known under such a name. */
    void refused(ObjectPath within, StoreException why);
  }

  /** What is left of a folder, and the names of the markers in it. */
  private record Folder(Iterator<ObjectStat> rest, Set<String> markers) {}

  /**
   * @param markerPrefix empty when no marker is wanted
   */
  TreeWalk(Store store, String markerPrefix, Listener listener) {
    this.store = store;
    this.markerPrefix = markerPrefix;
    this.listener = listener;
    enter(ObjectPath.BASE);
  }

  @Override
  public boolean hasNext() {
    while (next == null && !open.isEmpty()) {
      advance();
    }
    return next != null;
  }

  @Override
  public Sighting next() {
    if (!hasNext() || next == null) {
      throw new NoSuchElementException();
    }
    Sighting found = next;
    next = null;
    return found;
  }

  private void advance() {
    Folder folder = open.getLast();
    if (!folder.rest().hasNext()) {
      open.removeLast();
      return;
    }
    ObjectStat stat = folder.rest().next();
    if (stat.kind() == Kind.FOLDER) {
      enterIfReadable(stat.path());
    } else {
      next = new Sighting(stat, isMarked(stat, folder));
    }
  }

  private boolean isMarked(ObjectStat stat, Folder folder) {
    return markerPrefix.isEmpty() || folder.markers().contains(markerPrefix + stat.path().name());
  }

  private void enterIfReadable(ObjectPath folder) {
    try {
      enter(folder);
    } catch (StoreException e) {
      if (e.code() == ErrorCode.STORE_NOT_FOUND) {
        return;
      }
      if (e.code() != ErrorCode.STORE_ACCESS_DENIED && e.code() != ErrorCode.STORE_READ_FAILED) {
        throw e;
      }
      listener.unreadable(folder, e);
    }
  }

  private void enter(ObjectPath folder) {
    List<ObjectStat> children = new ArrayList<>();
    Set<String> markers = new HashSet<>();
    try (FolderListing listing = store.list(folder)) {
      while (listing.hasNext()) {
        listing
            .nextUnlessRefused(why -> listener.refused(folder, why))
            .ifPresent(child -> sort(child, children, markers));
      }
    }
    children.sort((a, b) -> PathOrder.compare(sortName(a), sortName(b)));
    open.addLast(new Folder(children.iterator(), markers));
  }

  private void sort(ObjectStat child, List<ObjectStat> children, Set<String> markers) {
    if (child.kind() == Kind.FILE && isMarker(child)) {
      markers.add(child.path().name());
    } else if (isWalked(child)) {
      children.add(child);
    }
  }

  private boolean isMarker(ObjectStat child) {
    return !markerPrefix.isEmpty() && child.path().name().startsWith(markerPrefix);
  }

  private static boolean isWalked(ObjectStat child) {
    return switch (child.kind()) {
      case FILE -> !child.path().equals(LOCATION_MARKER);
      case FOLDER -> !child.path().equals(Staging.FOLDER);
      case LINK, OTHER -> false;
    };
  }

  /** With the slash that every path below a folder has, so that siblings sort as those paths do. */
  private static String sortName(ObjectStat stat) {
    return stat.kind() == Kind.FOLDER ? stat.path().name() + "/" : stat.path().name();
  }
}
