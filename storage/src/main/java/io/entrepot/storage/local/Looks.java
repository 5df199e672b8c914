// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Looks at many objects: each folder is opened once for those of it that come in a row. For one
 * use.
 */
final class Looks implements AutoCloseable {

  private final Beneath beneath;
  private ObjectPath folder = ObjectPath.BASE;
  private int descriptor = -Errno.ENOENT;
  private boolean opened;

  Looks(Beneath beneath) {
    this.beneath = beneath;
  }

  /** For each what {@link Beneath#stat} says. */
  List<Optional<ObjectStat>> at(List<ObjectPath> paths) {
    List<Optional<ObjectStat>> seen = new ArrayList<>(paths.size());
    boolean allThere = true;
    for (ObjectPath path : paths) {
      Optional<ObjectStat> one = path.isBase() ? beneath.stat(path) : at(path);
      allThere &= one.isPresent();
      seen.add(one);
    }
    if (!allThere) {
      beneath.base.verify(beneath.frame);
    }
    return seen;
  }

  private Optional<ObjectStat> at(ObjectPath path) {
    int answer = enter(path.parent());
    if (answer >= 0) {
      answer =
          Libc.statx(beneath.frame, descriptor, beneath.nameOf(path), Flags.AT_SYMLINK_NOFOLLOW);
    }
    if (answer == -Errno.ENOENT || answer == -Errno.ENOTDIR) {
      return Optional.empty();
    }
    if (answer < 0) {
      throw Errno.whileReading(-answer, path);
    }
    return Optional.of(Statx.toObject(beneath.frame, path));
  }

  /** Its descriptor, or minus the error number. */
  private int enter(ObjectPath wanted) {
    if (!opened || !wanted.equals(folder)) {
      close();
      descriptor = beneath.open(wanted, Flags.FOLDER_LOOK);
      folder = wanted;
      opened = true;
    }
    return descriptor;
  }

  @Override
  public void close() {
    if (descriptor >= 0) {
      beneath.close(descriptor);
      descriptor = -Errno.ENOENT;
    }
  }
}
