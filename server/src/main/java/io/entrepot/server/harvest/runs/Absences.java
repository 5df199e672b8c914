// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.ErrorCode;
import io.entrepot.server.catalog.KnownFile;
import io.entrepot.server.catalog.KnownFiles;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import java.util.Collection;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BiConsumer;

/** Tells what is gone from an instrument from what could not be looked at. */
final class Absences implements TreeWalk.Listener {

  private final HarvestScene scene;
  private final BiConsumer<Discoverer.Passed, String> passed;
  private final Queue<KnownFile> removed = new ConcurrentLinkedQueue<>();
  private final List<String> unseen = new CopyOnWriteArrayList<>();
  private volatile boolean refusing;

  /**
   * @param passed told of what the run passes by
   */
  Absences(HarvestScene scene, BiConsumer<Discoverer.Passed, String> passed) {
    this.scene = scene;
    this.passed = passed;
  }

  @Override
  public void unreadable(ObjectPath folder, StoreException why) {
    unseen.add(folder + "/");
    scene.job().warn("The folder " + folder + " could not be looked into: " + why.getMessage());
  }

  /** What has such a name was never taken, so that nothing can be missing there. */
  @Override
  public void refused(ObjectPath within, StoreException why) {
    refusing = true;
    passed.accept(
        Discoverer.Passed.REFUSED,
        "%s (in %s)".formatted(why.getMessage(), within.isBase() ? "the top" : within));
  }

  /**
   * A source whose disk is not mounted looks like one from which everything was deleted.
   *
   * @throws StoreException {@code STORE_ROOT_MISSING} when the walk finds no file at all, although
   *     some that nobody here removed are known
   */
  void refuseEmptied(TreeWalk walk, KnownFiles known) {
    if (walk.hasNext() || !unseen.isEmpty() || refusing) {
      return;
    }
    long expected = known.originals();
    if (expected > 0) {
      throw new StoreException(
          ErrorCode.STORE_ROOT_MISSING,
          "No file is left on %s, although %d are known. Is its disk mounted there? Nothing was changed. If it was emptied on purpose, put any one file there."
              .formatted(scene.instrument().name(), expected));
    }
  }

  /** A file that was not come by. */
  void missing(KnownFile row) {
    if (unseen.stream().anyMatch(row.path()::startsWith)) {
      return;
    }
    scene.job().progress().count("missing", 1);
    KnownFile.Last last = row.transfer();
    if (last != null && last.removing()) {
      removed.add(row);
    }
  }

  /** Those missing that were about to be removed when a run was cut off. */
  Collection<KnownFile> removed() {
    return removed;
  }
}
