// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.storage.Capability;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.Unfinished;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A folder of this machine, through the Linux kernel's confined open.
 *
 * <p>Beyond what {@link Store} promises: an object written with {@code durable} is never seen
 * unfinished under its name. Only one being staged is, when its name was free. A fingerprint is
 * device, inode and change time; renaming and setting a time change it too. After a flush has
 * failed every change is refused with {@code STORE_READ_ONLY} by every store of that {@link
 * Medium}. Reads from the medium drop the file's clean pages from the cache first; pages not yet
 * flushed, and file systems that live in memory, are read as they are.
 *
 * <p>While the store is open its file system cannot be unmounted.
 */
public final class LocalStore implements Store {

  private static final Set<Capability> CAPABILITIES =
      Set.copyOf(EnumSet.complementOf(EnumSet.of(Capability.SERVER_DIGEST)));

  private static final int POOLED = 16;

  /** Bounds the folders held open at once, and how long one interrupt is not looked at. */
  private static final int SLICE = 512;

  private final Base base;
  private final Durability durability;
  private final NewFolders made = new NewFolders();
  private final Pool<Frame> frames = new Pool<>(4 * POOLED, Frame::new);
  private final Pool<Chunk> chunks = new Pool<>(POOLED, Chunk::new);
  private final FileWriting writing;

  LocalStore(LocalSettings settings, IdSource ids, Durability.Flush flush, Medium medium) {
    base = new Base(settings);
    durability = new Durability(flush, medium);
    writing = new FileWriting(durability, made, chunks, new Unfinished(ids));
  }

  /**
   * The store in this folder, which is looked for when a verb first needs it.
   *
   * @param ids name what is being written
   */
  public static Store open(Path base, IdSource ids) {
    return open(new LocalSettings(base), ids);
  }

  /**
   * As {@link #open(Path, IdSource)}; a slower store with fewer capabilities where this one cannot
   * work.
   */
  public static Store open(LocalSettings settings, IdSource ids) {
    return open(settings, ids, new Medium());
  }

  /**
   * As {@link #open(LocalSettings, IdSource)}, on a medium of which something may be known.
   *
   * @param medium that of all stores in this folder
   */
  public static Store open(LocalSettings settings, IdSource ids, Medium medium) {
    return Native.USABLE
        ? new LocalStore(settings, ids, Durability.KERNEL, medium)
        : new PortableStore(settings, ids);
  }

  /**
   * Why this store cannot work on this machine, in words for an administrator; empty when it can.
   * The one that takes its place publishes nothing, so nothing can be copied to it.
   */
  public static Optional<String> obstacle() {
    return Optional.of(Native.OBSTACLE).filter(told -> !told.isEmpty());
  }

  Pool<Frame> frames() {
    return frames;
  }

  Pool<Chunk> chunks() {
    return chunks;
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    return visit(path, beneath -> beneath.stat(path));
  }

  @Override
  public List<Optional<ObjectStat>> statEach(List<ObjectPath> paths) {
    List<Optional<ObjectStat>> seen = new ArrayList<>(paths.size());
    for (int from = 0; from < paths.size(); from += SLICE) {
      List<ObjectPath> slice = paths.subList(from, Math.min(from + SLICE, paths.size()));
      seen.addAll(
          visit(
              slice.getFirst(),
              beneath -> {
                try (Looks looks = new Looks(beneath)) {
                  return looks.at(slice);
                }
              }));
    }
    return seen;
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    return visit(
        folder,
        beneath -> {
          beneath.base.verify(beneath.frame);
          int opened = beneath.open(folder, Flags.FOLDER);
          if (opened < 0) {
            throw Errno.whileReading(-opened, folder);
          }
          return new FolderEntries(this, folder, opened);
        });
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    return visit(path, beneath -> FileReading.open(this, beneath, path, options));
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    refuseBase(path);
    return change(path, beneath -> writing.write(beneath, path, content, options));
  }

  @Override
  public void delete(ObjectPath path) {
    refuseBase(path);
    change(
        path,
        beneath -> {
          beneath.delete(path);
          return path;
        });
  }

  @Override
  public void publish(List<Renaming> renamings) {
    for (int from = 0; from < renamings.size(); from += SLICE) {
      List<Renaming> slice = renamings.subList(from, Math.min(from + SLICE, renamings.size()));
      change(slice.getFirst().to(), beneath -> publish(beneath, slice));
    }
  }

  private List<Renaming> publish(Beneath beneath, List<Renaming> slice) {
    beneath.base.verify(beneath.frame);
    try (Publication publication =
        new Publication(beneath, durability, made, Syscalls.syncfsTellsFailures())) {
      publication.run(slice);
    }
    return slice;
  }

  @Override
  public void flush(ObjectPath path) {
    change(
        path,
        beneath -> {
          beneath.flush(path, durability);
          return path;
        });
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    change(
        path,
        beneath -> {
          int answer = beneath.setModified(path, modified);
          if (answer == -Errno.ENOENT || answer == -Errno.ENOTDIR) {
            throw beneath.absent(path);
          }
          if (answer < 0) {
            throw Errno.whileWriting(-answer, path);
          }
          return path;
        });
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    throw new StoreException(
        ErrorCode.NOT_SUPPORTED, "a local folder computes no digests. Read the file instead.");
  }

  @Override
  public void close() {
    Frame frame = frames.take();
    base.close(frame);
    frames.give(frame);
  }

  private <T> T change(ObjectPath path, Function<Beneath, T> verb) {
    durability.refuseAfterFailure();
    return visit(path, verb);
  }

  private <T> T visit(ObjectPath path, Function<Beneath, T> verb) {
    refuseInterrupted(path);
    Frame frame = frames.take();
    try {
      int root = base.acquire(frame);
      try {
        return verb.apply(new Beneath(frame, base, root));
      } finally {
        base.release(frame);
      }
    } finally {
      frames.give(frame);
    }
  }

  static void refuseBase(ObjectPath path) {
    if (path.isBase()) {
      throw new StoreException(
          ErrorCode.PATH_REFUSED, "the base itself is not written or deleted. Name a path in it.");
    }
  }

  /** The interrupt flag stays set: who interrupted is answered, who asks later still sees it. */
  static void refuseInterrupted(ObjectPath path) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(
          ErrorCode.CANCELLED, "stopped at \"" + path + "\" because the work was cancelled.");
    }
  }
}
