// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import java.time.InstantSource;
import java.util.List;

/**
 * Copies files from store to store and proves each copy.
 *
 * <p>For every order: the source is read once, all digests are computed on the way, the bytes go to
 * a temporary name in the {@link Staging} folder; the source is looked at again; the copy is read
 * back (or the server asked for its digest) and compared; then all copies of the batch are
 * published in one call, which makes content and names survive a power cut. Nothing is ever
 * replaced.
 *
 * <p>A target without {@code PUBLISH} but with {@code CONDITIONAL_CREATE} (an object store, where a
 * write shows the whole object or nothing) is written straight to the final name, then compared,
 * and the object is deleted again when the source had changed or the comparison failed. There a
 * whole object may be seen, for that while or after a crash, before it is proved. A target with
 * neither is refused with {@code NOT_SUPPORTED}.
 *
 * <p>A copy that was interrupted begins again at its first byte; its leftover is found by {@link
 * Staging#reclaim}. Safe for use by many threads; {@link MoverPool} spreads orders over several.
 */
public final class Mover {

  private final IdSource ids;
  private final InstantSource clock;
  private final Buffers buffers = new Buffers();

  public Mover(IdSource ids, InstantSource clock) {
    this.ids = ids;
    this.clock = clock;
  }

  /**
   * Carries out a batch of orders, one after the other, and publishes what succeeded together.
   *
   * <p><b>Failures stay with their order</b>: when one of N fails, the others are published as if
   * it had not been there. A mismatch between copy and source is {@code CHECKSUM_MISMATCH}; the
   * copy is removed and not tried again. A source that ends early without having changed is {@code
   * STORE_SHORT_SOURCE}; one that is gone is {@code STORE_NOT_FOUND}.
   *
   * <p><b>When the publication fails</b> because of one name ({@code ALREADY_EXISTS}, {@code
   * NAME_REFUSED}, {@code PATH_REFUSED}, {@code STORE_ACCESS_DENIED}, {@code STORE_NOT_FOUND}),
   * that order fails and the rest of the batch is published all the same. On any other error every
   * order of the batch that was ready fails with it: those still under their temporary names are
   * removed, those that had got their final names keep them, whole, but without a promise that they
   * survive a power cut; ordering them again with {@link Occupied#ADOPT} finds them.
   *
   * <p><b>When cancelled</b>, or when the thread is interrupted (its flag stays set), nothing of
   * the batch is published.
   *
   * @return one outcome for each order, in the order of the batch
   */
  public List<Outcome> copy(Route route, List<CopyOrder> batch, CopyControl control) {
    return new Batch(new Setting(route, control, clock, buffers), ids.next()).run(batch);
  }

  /**
   * Removes the original of a proved copy. This is the only way the mover removes one.
   *
   * <p>Asks both stores first: an original that is no longer the version that was copied is {@code
   * SOURCE_CHANGED}, a copy that is gone or has another size is {@code COPY_LOST}; nothing is
   * removed then. An original that is already gone is well. On a source that cannot delete on
   * condition, a change within the instant between the look and the delete is not seen.
   */
  public void removeOriginal(VerifiedCopy copy) {
    Store source = copy.route().source();
    ObjectStat original = copy.source();
    var now = source.stat(original.path());
    if (now.isEmpty()) {
      return;
    }
    if (!now.get().sameVersion(original)) {
      throw new StoreException(
          ErrorCode.SOURCE_CHANGED,
          original.path() + " changed after it was copied and is kept. Copy it again.");
    }
    if (copy.route()
        .target()
        .stat(copy.target())
        .filter(ObjectStat::isFile)
        .filter(held -> held.size() == copy.size())
        .isEmpty()) {
      throw new StoreException(
          ErrorCode.COPY_LOST,
          "the copy "
              + copy.target()
              + " is no longer there, so "
              + original.path()
              + " is kept. Copy it again.");
    }
    source.delete(original.path());
  }
}
