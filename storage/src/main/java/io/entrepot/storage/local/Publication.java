// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.StoreException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Gives one slice of a batch its final names: contents to the medium, names, names to the medium.
 * For one use.
 */
final class Publication implements AutoCloseable {

  /** From here on one flush of the volume is cheaper than one for each folder. */
  private static final int MANY_FOLDERS = 8;

  private record Folder(int descriptor, long device) {}

  private final Beneath beneath;
  private final Durability durability;
  private final NewFolders made;
  private final boolean volumes;
  private final Map<ObjectPath, Folder> folders = new LinkedHashMap<>();
  private final Set<ObjectPath> changed = new LinkedHashSet<>();

  /**
   * @param volumes whether the kernel can flush a whole volume and tell whether that failed
   */
  Publication(Beneath beneath, Durability durability, NewFolders made, boolean volumes) {
    this.beneath = beneath;
    this.durability = durability;
    this.made = made;
    this.volumes = volumes;
  }

  void run(List<Renaming> slice) {
    flushContents(slice);
    try {
      slice.forEach(this::rename);
    } finally {
      // Also after a refusal: what has its final name is not the caller's to publish again.
      flushNames();
    }
  }

  private void flushContents(List<Renaming> slice) {
    Set<ObjectPath> sources = new LinkedHashSet<>();
    slice.forEach(renaming -> sources.add(renaming.from().parent()));
    sources.forEach(this::existing);
    if (slice.size() == 1 || !flushVolume(sources)) {
      slice.forEach(renaming -> beneath.flushFile(renaming.from(), durability));
    }
  }

  /** Whether one flush took all in these folders, which have to lie on the volume of the base. */
  private boolean flushVolume(Set<ObjectPath> within) {
    return volumes
        && within.stream().allMatch(path -> existing(path).device() == beneath.base.device())
        && durability.volume(beneath.frame, beneath.root, within.iterator().next());
  }

  private void rename(Renaming renaming) {
    Folder from = existing(renaming.from().parent());
    Folder to = wanted(renaming.to().parent());
    int answer =
        beneath.renameToFree(from.descriptor(), renaming.from(), to.descriptor(), renaming.to());
    if (answer == -Errno.ENOENT) {
      throw beneath.absent(renaming.from());
    }
    if (answer == -Errno.EXDEV) {
      throw new StoreException(
          ErrorCode.NOT_SUPPORTED,
          "\""
              + renaming.to()
              + "\" lies on another file system than \""
              + renaming.from()
              + "\". Make a store of that folder and write there.");
    }
    if (answer < 0) {
      throw Errno.whileWriting(-answer, renaming.to());
    }
    changed.add(renaming.to().parent());
    changed.add(renaming.from().parent());
  }

  private void flushNames() {
    if (changed.size() <= MANY_FOLDERS || !flushVolume(changed)) {
      changed.forEach(path -> durability.folder(beneath.frame, existing(path).descriptor(), path));
    }
    changed.forEach(path -> made.flushAbove(path, above -> beneath.flushFolder(above, durability)));
  }

  private Folder existing(ObjectPath path) {
    Folder known = folders.get(path);
    if (known != null) {
      return known;
    }
    int opened = beneath.open(path, Flags.FOLDER);
    if (opened == -Errno.ENOENT) {
      throw beneath.absent(path);
    }
    if (opened < 0) {
      throw Errno.whileReading(-opened, path);
    }
    return keep(path, opened);
  }

  private Folder wanted(ObjectPath path) {
    Folder known = folders.get(path);
    return known != null ? known : keep(path, beneath.folder(path, made));
  }

  private Folder keep(ObjectPath path, int opened) {
    folders.put(path, new Folder(opened, 0));
    beneath.look(opened, path);
    Folder folder = new Folder(opened, Statx.device(beneath.frame));
    folders.put(path, folder);
    return folder;
  }

  @Override
  public void close() {
    folders.values().forEach(folder -> beneath.close(folder.descriptor()));
  }
}
