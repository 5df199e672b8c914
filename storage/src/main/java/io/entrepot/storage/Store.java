// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Somewhere bytes live, reached through one connector. This interface is the whole contract; every
 * connector sits the same exam on it.
 *
 * <p><b>Paths</b> are relative to the store's base. No verb reaches anything outside the base, by
 * {@code ..}, by symbolic link or by a race with somebody who swaps folders while we look; an
 * attempt is {@code PATH_REFUSED}.
 *
 * <p><b>Errors</b> are {@link StoreException}. Absence is an empty {@link Optional} from {@link
 * #stat} and {@code STORE_NOT_FOUND} elsewhere; a base that is not there at all is {@code
 * STORE_ROOT_MISSING}, never an empty list and never made. A symbolic link on the way, or a link,
 * pipe or device where a file is wanted, is {@code PATH_REFUSED}; a name the store cannot keep byte
 * for byte is {@code NAME_REFUSED}. Whether trying again makes sense is said by the error's advice;
 * a store never retries by itself.
 *
 * <p><b>Threads</b>: all verbs may be called by many threads at once. An interrupted thread gets
 * {@code CANCELLED} with its interrupt flag set again.
 */
public interface Store extends AutoCloseable {

  /** What this store can do beyond the required verbs. Never changes during its life. */
  Set<Capability> capabilities();

  /** What stands under this name, links not followed; empty when nothing does. */
  Optional<ObjectStat> stat(ObjectPath path);

  /** As {@link #stat} of each, in this order; in few round trips where that is dear. */
  default List<Optional<ObjectStat>> statEach(List<ObjectPath> paths) {
    return paths.stream().map(this::stat).toList();
  }

  /**
   * The direct children of a folder, in no particular order.
   *
   * @throws StoreException {@code STORE_NOT_FOUND} when there is no such folder, from this call or
   *     the first step; on a store without {@link Capability#FOLDERS} a folder that holds nothing
   *     is an empty listing
   */
  FolderListing list(ObjectPath folder);

  /**
   * The bytes of one file, streamed, for one thread; close it. It ends where the file ended when
   * that was reached. A failure on the way is a {@link StoreException} from the stream's own
   * methods, never an {@link java.io.IOException} and never a silent end: a connection that ends
   * early is {@code STORE_SHORT_SOURCE}. Bytes past the end of the file are simply not there.
   *
   * @throws StoreException {@code STORE_NOT_FOUND}, from this call and not later, when there is no
   *     such file (a folder is none)
   */
  InputStream read(ObjectPath path, ReadOptions options);

  /**
   * Opens whole files one after another. A store that is far away asks for the next ones while one
   * is being read, so the caller closes each stream before it takes another.
   *
   * @param files as they were listed; whoever must know that a file was still that version looks at
   *     it after reading
   */
  default Reading readEach(List<ObjectStat> files) {
    return Reading.oneByOne(this, files);
  }

  /**
   * Writes one whole object and makes the folders above it. Whoever looks meanwhile sees the old
   * object, none, or (only on a store with {@link Capability#PUBLISH}) an unfinished one; after a
   * failure nothing of it is left, and an old object stands as it was. The stream is read once and
   * not closed; its own {@link StoreException} comes through, its {@link java.io.IOException} is
   * {@code STORE_READ_FAILED}.
   *
   * @return the new object as the store sees it
   * @throws StoreException {@code ALREADY_EXISTS} when the name is taken (with {@link
   *     WriteMode#CREATE}), is a folder, or lies below a file; {@code NOT_SUPPORTED} for {@link
   *     WriteMode#CREATE} without {@link Capability#CONDITIONAL_CREATE}, and for a replacement that
   *     the far side cannot do in one step; {@code PATH_REFUSED} for the base
   */
  ObjectStat write(ObjectPath path, InputStream content, WriteOptions options);

  /**
   * Removes a file, link or empty folder; does nothing when it is not there. The name may come back
   * after a power cut.
   *
   * @throws StoreException {@code CONFLICT_STATE} for a folder that is not empty; {@code
   *     PATH_REFUSED} for the base
   */
  void delete(ObjectPath path);

  /**
   * Gives objects of this store their final names, each in one step, and replaces nothing: an
   * occupied name is {@code ALREADY_EXISTS}. Folders above the new names are made. When the call
   * returns, content and names of all survive a power cut. When it throws, each object stands under
   * exactly one of its two names, and those under their final one survive too, unless the flush
   * itself failed ({@code STORE_READ_ONLY}, {@code STORE_FULL}, {@code STORE_WRITE_FAILED}) or the
   * connection is gone; calling again with those not yet renamed finishes the job. The fingerprint
   * may change.
   *
   * @throws StoreException {@code NOT_SUPPORTED} without {@link Capability#PUBLISH}; {@code
   *     STORE_NOT_FOUND} when one is not under its first name; {@code STORE_READ_ONLY} when the
   *     medium failed to take what was written, {@code STORE_FULL} when it had no room for it
   */
  void publish(List<Renaming> renamings);

  /**
   * Sees to it that a file which has its final name already survives a power cut, content and name,
   * whoever wrote it: as far as {@link #publish} does for what it names.
   *
   * @throws StoreException {@code STORE_NOT_FOUND} when there is no such file; {@code
   *     STORE_READ_ONLY} or {@code STORE_WRITE_FAILED} when the medium failed to take it
   */
  void flush(ObjectPath path);

  /**
   * Sets the time of last change. The fingerprint may change.
   *
   * @throws StoreException {@code STORE_NOT_FOUND}; {@code NOT_SUPPORTED} without {@link
   *     Capability#SET_MODIFIED}
   */
  void setModified(ObjectPath path, Instant modified);

  /**
   * A digest the far side computes over the bytes it holds now.
   *
   * @throws StoreException {@code NOT_SUPPORTED} without {@link Capability#SERVER_DIGEST}
   */
  Digest digest(ObjectPath path, DigestAlgorithm algorithm);

  /** Frees connections. What was returned before is no longer usable. */
  @Override
  void close();
}
