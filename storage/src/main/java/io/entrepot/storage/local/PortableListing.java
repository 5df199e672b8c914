// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.nio.file.DirectoryIteratorException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.NoSuchElementException;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** The entries of one open folder. */
final class PortableListing implements FolderListing {

  private final PortableFolder opened;
  private final ObjectPath folder;
  private final Iterator<Path> names;
  private @Nullable ObjectStat next;
  private @Nullable StoreException refused;

  PortableListing(PortableFolder opened, ObjectPath folder) {
    this.opened = opened;
    this.folder = folder;
    this.names = opened.stream.iterator();
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && refused == null && names.hasNext()) {
        LocalStore.refuseInterrupted(folder);
        next = look(names.next());
      }
      return next != null || refused != null;
    } catch (DirectoryIteratorException e) {
      throw Refusal.whileReading(Objects.requireNonNull(e.getCause()), folder);
    } catch (IOException e) {
      throw Refusal.whileReading(e, folder);
    }
  }

  /** Null for what vanished, and for what is refused. */
  private @Nullable ObjectStat look(Path entry) throws IOException {
    ObjectPath path;
    try {
      path = folder.child(PortableFolder.spell(entry.getFileName().toString()).toString());
    } catch (StoreException e) {
      refused = e;
      return null;
    }
    try {
      return opened.stat(path);
    } catch (NoSuchFileException e) {
      // It vanished since the system named it.
      return null;
    }
  }

  @Override
  public ObjectStat next() {
    boolean more = hasNext();
    if (refused != null) {
      StoreException why = refused;
      refused = null;
      throw why;
    }
    if (!more || next == null) {
      throw new NoSuchElementException("no more entries in \"" + folder + "\"");
    }
    ObjectStat found = next;
    next = null;
    return found;
  }

  @Override
  public void close() {
    try {
      opened.close();
    } catch (IOException e) {
      throw Refusal.whileReading(e, folder);
    }
  }
}
