// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
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

  PortableListing(PortableFolder opened, ObjectPath folder) {
    this.opened = opened;
    this.folder = folder;
    this.names = opened.stream.iterator();
  }

  @Override
  public boolean hasNext() {
    try {
      while (next == null && names.hasNext()) {
        LocalStore.refuseInterrupted(folder);
        next = look(names.next());
      }
      return next != null;
    } catch (DirectoryIteratorException e) {
      throw Refusal.whileReading(Objects.requireNonNull(e.getCause()), folder);
    } catch (IOException e) {
      throw Refusal.whileReading(e, folder);
    }
  }

  private @Nullable ObjectStat look(Path entry) throws IOException {
    String name = entry.getFileName().toString();
    Path spelled = PortableFolder.spell(name);
    try {
      return opened.stat(folder.child(spelled.toString()));
    } catch (NoSuchFileException e) {
      // It vanished since the system named it.
      return null;
    }
  }

  @Override
  public ObjectStat next() {
    if (!hasNext() || next == null) {
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
