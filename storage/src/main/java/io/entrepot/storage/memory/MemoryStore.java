// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.memory;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.Digester;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteMode;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * A store in memory. Keeps the whole contract; "survives a power cut" means "is in the map".
 *
 * <p>Beside files that were written it holds generated ones: their bytes follow from a seed and are
 * made as they are read. A {@linkplain #generateFolder generated folder} holds any number of them
 * in constant memory.
 */
public final class MemoryStore implements Store {

  private final InstantSource clock;
  private final Set<Capability> capabilities;
  private final Tree tree;
  private long versions;

  /** A store that can do everything. */
  public MemoryStore(InstantSource clock) {
    this(clock, EnumSet.allOf(Capability.class));
  }

  /** A store that can do no more than this, to stand in for others. */
  public MemoryStore(InstantSource clock, Set<Capability> capabilities) {
    this.clock = clock;
    this.capabilities = Set.copyOf(capabilities);
    this.tree = new Tree(clock.instant(), can(Capability.FOLDERS));
  }

  /**
   * Puts a file of {@code size} bytes that follow from {@code seed}; takes the place of another.
   */
  public synchronized ObjectStat generate(ObjectPath path, long seed, long size) {
    return put(path, new Content.Generated(seed, size));
  }

  /**
   * Puts a folder of {@code count} files named {@code file-0000000.dat} and so on, each of {@code
   * size} bytes that follow from {@code seed} and its number. Nothing in it can be changed.
   */
  public synchronized void generateFolder(ObjectPath path, int count, long seed, long size) {
    Instant now = clock.instant();
    tree.put(path, new Node.GeneratedFolder(count, seed, size, now), now);
  }

  /** Puts an empty folder. */
  public synchronized void makeFolder(ObjectPath path) {
    Instant now = clock.instant();
    tree.put(path, Node.Folder.empty(now), now);
  }

  /** Puts a symbolic link, which leads nowhere: no verb follows one. */
  public synchronized void makeLink(ObjectPath path) {
    Instant now = clock.instant();
    tree.put(path, new Node.Link(now), now);
  }

  @Override
  public Set<Capability> capabilities() {
    return capabilities;
  }

  @Override
  public synchronized Optional<ObjectStat> stat(ObjectPath path) {
    refuseInterrupted(path);
    return tree.find(path).map(node -> statOf(node, path));
  }

  @Override
  public synchronized FolderListing list(ObjectPath folder) {
    refuseInterrupted(folder);
    Optional<Node> found = tree.find(folder);
    if (found.isEmpty() && !can(Capability.FOLDERS)) {
      return new MemoryListing(this, folder, List.<String>of().iterator());
    }
    Node node = tree.require(folder);
    if (node instanceof Node.Parent parent) {
      return new MemoryListing(this, folder, parent.names());
    }
    throw node instanceof Node.Link
        ? new StoreException(
            ErrorCode.PATH_REFUSED, folder + " is a symbolic link, which is not followed.")
        : new StoreException(
            ErrorCode.STORE_NOT_FOUND, folder + " is no folder. Give the name of a folder.");
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    refuseInterrupted(path);
    Content content = content(path);
    long offset = Math.min(options.offset(), content.size());
    long length = Math.min(options.length(), content.size() - offset);
    return new InterruptibleStream(content.open(offset, length), path);
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    refuseInterrupted(path);
    requireForCreate(options.mode());
    if (path.isBase()) {
      throw new StoreException(
          ErrorCode.PATH_REFUSED, "the base of a store is not written to. Name something in it.");
    }
    if (options.mode() == WriteMode.CREATE) {
      refuseTaken(path);
    }
    Content held = Intake.read(path, content, options.size());
    synchronized (this) {
      if (options.mode() == WriteMode.CREATE) {
        refuseTaken(path);
      }
      return put(path, held);
    }
  }

  @Override
  public synchronized void delete(ObjectPath path) {
    refuseInterrupted(path);
    if (path.isBase()) {
      throw new StoreException(
          ErrorCode.PATH_REFUSED, "the base of a store is not deleted. Name something in it.");
    }
    if (tree.find(path).orElse(null) instanceof Node.Parent folder && !folder.isEmpty()) {
      if (!can(Capability.FOLDERS)) {
        return;
      }
      throw new StoreException(
          ErrorCode.CONFLICT_STATE, path + " is a folder that holds something. Empty it first.");
    }
    tree.remove(path);
  }

  @Override
  public synchronized void publish(List<Renaming> renamings) {
    require(Capability.PUBLISH);
    for (Renaming renaming : renamings) {
      Node node = tree.require(renaming.from());
      refuseTaken(renaming.to());
      tree.put(renaming.to(), node, clock.instant());
      tree.remove(renaming.from());
    }
  }

  @Override
  public void flush(ObjectPath path) {
    refuseInterrupted(path);
    var ignored = content(path);
  }

  @Override
  public synchronized void setModified(ObjectPath path, Instant modified) {
    require(Capability.SET_MODIFIED);
    if (tree.require(path) instanceof Node.File file) {
      file.modify(modified);
    }
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    require(Capability.SERVER_DIGEST);
    Digester digester = new Digester(Set.of(algorithm));
    byte[] buffer = new byte[Content.Held.CHUNK];
    try (InputStream in = read(path, ReadOptions.WHOLE)) {
      for (int got = 0; got >= 0; got = in.read(buffer)) {
        digester.update(buffer, 0, got);
      }
    } catch (IOException e) {
      throw new StoreException(ErrorCode.STORE_READ_FAILED, path + ": " + e.getMessage(), e);
    }
    return Objects.requireNonNull(digester.finish().get(algorithm));
  }

  @Override
  public void close() {}

  private ObjectStat statOf(Node node, ObjectPath path) {
    return node.stat(path, can(Capability.FINGERPRINT));
  }

  private synchronized Content content(ObjectPath path) {
    return switch (tree.require(path)) {
      case Node.File file -> file.content;
      case Node.Link _ ->
          throw new StoreException(
              ErrorCode.PATH_REFUSED, path + " is a symbolic link, which is not followed.");
      case Node.Parent _ ->
          throw new StoreException(
              ErrorCode.STORE_NOT_FOUND, path + " is a folder, not a file. Name a file.");
    };
  }

  private ObjectStat put(ObjectPath path, Content content) {
    if (tree.find(path).orElse(null) instanceof Node.Parent) {
      throw new StoreException(
          ErrorCode.ALREADY_EXISTS, path + " is a folder. Use another name for the file.");
    }
    Instant now = clock.instant();
    Node.File file = new Node.File(content, ++versions, now);
    tree.put(path, file, now);
    return statOf(file, path);
  }

  private synchronized void refuseTaken(ObjectPath path) {
    if (tree.find(path).isPresent()) {
      throw new StoreException(
          ErrorCode.ALREADY_EXISTS, path + " exists and is not replaced. Use another name.");
    }
  }

  static void refuseInterrupted(ObjectPath path) {
    if (Thread.currentThread().isInterrupted()) {
      throw new StoreException(ErrorCode.CANCELLED, "work on " + path + " was interrupted.");
    }
  }

  private void requireForCreate(WriteMode mode) {
    if (mode == WriteMode.CREATE) {
      require(Capability.CONDITIONAL_CREATE);
    }
  }

  private boolean can(Capability capability) {
    return capabilities.contains(capability);
  }

  private void require(Capability capability) {
    if (!can(capability)) {
      throw new StoreException(
          ErrorCode.NOT_SUPPORTED, "this store does not declare " + capability + ".");
    }
  }
}
