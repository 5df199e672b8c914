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
import io.entrepot.storage.WriteMode;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.NoSuchFileException;
import java.nio.file.NotDirectoryException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * A folder of this machine where the kernel's confined open cannot be called: folders are walked
 * one by one, links not followed.
 *
 * <p>Java offers no rename that refuses to replace, so this store neither publishes nor creates
 * conditionally; each write appears under its name in one step. Names that Java cannot spell byte
 * for byte are refused.
 */
final class PortableStore implements Store {

  private static final Set<Capability> CAPABILITIES =
      Set.of(Capability.FOLDERS, Capability.SET_MODIFIED);

  private final PortableBase base;

  PortableStore(LocalSettings settings, IdSource ids) {
    base = new PortableBase(settings, new Unfinished(ids));
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    LocalStore.refuseInterrupted(path);
    try (PortableFolder folder = base.walk(path.parent())) {
      return Optional.of(folder.stat(path));
    } catch (NoSuchFileException | NotDirectoryException e) {
      return Optional.empty();
    } catch (IOException e) {
      throw Refusal.whileReading(e, path);
    }
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    LocalStore.refuseInterrupted(folder);
    try {
      return new PortableListing(base.walk(folder), folder);
    } catch (IOException e) {
      throw Refusal.whileReading(e, folder);
    }
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    LocalStore.refuseInterrupted(path);
    try (PortableFolder folder = base.walk(path.parent())) {
      return new ChannelInput(folder.openFile(path), path, options);
    } catch (IOException e) {
      throw Refusal.whileReading(e, path);
    }
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    LocalStore.refuseInterrupted(path);
    if (options.mode() == WriteMode.CREATE) {
      throw notSupported("create an object only when its name is free");
    }
    LocalStore.refuseBase(path);
    try (PortableFolder folder = base.make(path.parent())) {
      folder.refuseFolderAt(path);
      return write(folder, path, content, options);
    } catch (IOException e) {
      throw Refusal.whileWriting(e, path);
    }
  }

  private ObjectStat write(
      PortableFolder folder, ObjectPath path, InputStream content, WriteOptions options)
      throws IOException {
    Path beside = Path.of(base.unusedName());
    boolean whole = false;
    try {
      try (FileChannel file = folder.create(beside)) {
        byte[] buffer = new byte[Chunk.SIZE];
        Filling.Sink sink = count -> writeAll(file, ByteBuffer.wrap(buffer, 0, count));
        new Filling(buffer, sink, path).from(content, options.size());
        if (options.durable()) {
          file.force(true);
        }
      }
      folder.moveHere(folder, beside, path);
      whole = true;
      if (options.durable()) {
        folder.flush();
      }
      return folder.stat(path);
    } finally {
      if (!whole) {
        folder.discard(beside);
      }
    }
  }

  private static void writeAll(FileChannel file, ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      file.write(bytes);
    }
  }

  @Override
  public void delete(ObjectPath path) {
    LocalStore.refuseInterrupted(path);
    LocalStore.refuseBase(path);
    try (PortableFolder folder = base.walk(path.parent())) {
      folder.delete(path);
    } catch (NoSuchFileException | NotDirectoryException e) {
      // Not there is what was wanted; that the base is there was looked at on the way.
      return;
    } catch (IOException e) {
      throw Refusal.whileDeleting(e, path);
    }
  }

  @Override
  public void flush(ObjectPath path) {
    LocalStore.refuseInterrupted(path);
    try {
      try (PortableFolder folder = base.walk(path.parent());
          FileChannel file = folder.openFile(path)) {
        file.force(true);
      }
      ObjectPath above = path;
      while (!above.isBase()) {
        above = above.parent();
        try (PortableFolder folder = base.walk(above)) {
          folder.flush();
        }
      }
    } catch (IOException e) {
      throw Refusal.whileWriting(e, path);
    }
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    LocalStore.refuseInterrupted(path);
    try (PortableFolder folder = base.walk(path.parent())) {
      folder.setModified(path, FileTime.from(modified));
    } catch (IOException e) {
      throw Refusal.whileWriting(e, path);
    }
  }

  @Override
  public void publish(List<Renaming> renamings) {
    throw notSupported("publish");
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    throw notSupported("compute digests");
  }

  private static StoreException notSupported(String what) {
    return new StoreException(
        ErrorCode.NOT_SUPPORTED, "a local folder on this system cannot " + what + ".");
  }

  @Override
  public void close() {}
}
