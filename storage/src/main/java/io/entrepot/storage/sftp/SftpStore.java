// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.IdSource;
import io.entrepot.storage.Capability;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.Unfinished;
import io.entrepot.storage.WriteOptions;
import java.io.InputStream;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/**
 * A store on an SSH server, over SFTP version 3. Connects when first used.
 *
 * <p><b>Links.</b> Every name on the way is looked at without following it, and a link is refused.
 * The protocol has no way to hold on to a folder while walking, so somebody with write access on
 * the server can still put a link in place between our look and our use; the server's own account
 * and, best, its chroot must bound what such a link reaches.
 *
 * <p><b>Writing.</b> An object is written under a name of its own beside its final one, then
 * renamed. Listings leave such names out; after a cut connection one may stay behind. With {@code
 * posix-rename@openssh.com} a replacement is one step; elsewhere an object that is there is not
 * replaced ({@code NOT_SUPPORTED}), because removing it first could lose both.
 *
 * <p><b>Publishing and creating</b> rely on the plain rename, which version 3 says fails when the
 * name is taken; OpenSSH does it with a hard link, so two writers cannot both win. On a file system
 * without hard links OpenSSH looks first and then renames, which two writers at once can race.
 *
 * <p><b>Durability</b> is as good as {@code fsync@openssh.com}: files and, on servers that let a
 * folder be opened as OpenSSH does, their folders. A server without it promises nothing.
 *
 * <p><b>Times</b> are whole seconds, and there is no fingerprint: a change that keeps size and
 * second cannot be seen.
 *
 * <p>Every open stream and every listing of more than 20,000 entries holds one session until it
 * ends or is closed; a caller who finds all busy waits as long as a reply may take, then gets
 * {@code OVERLOADED}.
 */
public final class SftpStore implements Store {

  private static final Set<Capability> CAPABILITIES =
      Set.of(
          Capability.PUBLISH,
          Capability.CONDITIONAL_CREATE,
          Capability.SET_MODIFIED,
          Capability.FOLDERS);

  private static final long LAST_SECOND = 0xffff_ffffL;

  private final SshTransport transport;
  private final SessionPool pool;
  private final Unfinished unfinished;

  /** Opens nothing yet. {@code ids} name what is being written. */
  public SftpStore(SftpSettings settings, IdSource ids) {
    this.transport = new SshTransport(settings);
    this.pool = new SessionPool(settings.limits(), () -> transport.open());
    this.unfinished = new Unfinished(ids);
    transport.every(settings.limits().idleTimeout(), pool::closeIdle);
  }

  @Override
  public Set<Capability> capabilities() {
    return CAPABILITIES;
  }

  @Override
  public Optional<ObjectStat> stat(ObjectPath path) {
    try (Lease lease = pool.borrow()) {
      return new RemoteObject(lease.session(), path).stat();
    }
  }

  @Override
  public List<Optional<ObjectStat>> statEach(List<ObjectPath> paths) {
    try (Lease lease = pool.borrow()) {
      RemoteLooks looks = new RemoteLooks(lease.session());
      paths.forEach(looks::ask);
      return paths.stream().map(path -> looks.find(path).map(found -> found.at(path))).toList();
    }
  }

  @Override
  public FolderListing list(ObjectPath folder) {
    return holding(lease -> new RemoteObject(lease.session(), folder).list(lease));
  }

  @Override
  public InputStream read(ObjectPath path, ReadOptions options) {
    return holding(lease -> new RemoteObject(lease.session(), path).read(options, lease));
  }

  @Override
  public Reading readEach(List<ObjectStat> files) {
    return new RemoteReading(pool.borrow(), files);
  }

  @Override
  public ObjectStat write(ObjectPath path, InputStream content, WriteOptions options) {
    refuseBase(path);
    try (Lease lease = pool.borrow()) {
      SftpSession session = lease.session();
      RemoteObject object = new RemoteObject(session, path);
      Set<ObjectPath> changed = object.prepare(options.mode());
      ObjectPath temporary = unfinished.beside(path);
      try {
        new Upload(session, temporary).run(content, options);
        return object.finish(temporary, options, changed);
      } catch (RuntimeException e) {
        discard(temporary, lease);
        throw e;
      }
    }
  }

  @Override
  public void delete(ObjectPath path) {
    refuseBase(path);
    try (Lease lease = pool.borrow()) {
      new RemoteObject(lease.session(), path).delete();
    }
  }

  @Override
  public void publish(List<Renaming> renamings) {
    for (Renaming renaming : renamings) {
      refuseBase(renaming.from());
      refuseBase(renaming.to());
    }
    if (renamings.isEmpty()) {
      return;
    }
    try (Lease lease = pool.borrow()) {
      new Publication(lease.session()).run(renamings);
    }
  }

  @Override
  public void flush(ObjectPath path) {
    try (Lease lease = pool.borrow()) {
      new Publication(lease.session()).flush(path);
    }
  }

  @Override
  public void setModified(ObjectPath path, Instant modified) {
    long second = modified.getEpochSecond();
    if (second < 0 || second > LAST_SECOND) {
      throw new StoreException(
          ErrorCode.INVALID_FIELD,
          modified + " cannot be kept: SFTP knows times from 1970 to 2106. Choose another.");
    }
    try (Lease lease = pool.borrow()) {
      new RemoteObject(lease.session(), path).setModified((int) second);
    }
  }

  @Override
  public Digest digest(ObjectPath path, DigestAlgorithm algorithm) {
    throw new StoreException(
        ErrorCode.NOT_SUPPORTED, "SFTP servers compute no digests. Read the file back instead.");
  }

  @Override
  public void close() {
    pool.close();
    transport.close();
  }

  /** What is opened gives the session back at its own end; here only after a failure. */
  private <T> T holding(Function<Lease, T> work) {
    Lease lease = pool.borrow();
    try {
      return work.apply(lease);
    } catch (RuntimeException e) {
      lease.close();
      throw e;
    }
  }

  /**
   * Removes what a failed write left, over the same connection while that works, because there the
   * removal comes after all that was sent; otherwise over another one.
   */
  private void discard(ObjectPath temporary, Lease failed) {
    boolean interrupted = Thread.interrupted();
    try {
      if (!failed.session().broken()) {
        new RemoteObject(failed.session(), temporary).delete();
        return;
      }
      failed.close();
      delete(temporary);
    } catch (StoreException e) {
      // The failure of the write is what the caller must hear; listings leave the remains out.
    } finally {
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }

  private static void refuseBase(ObjectPath path) {
    if (path.isBase()) {
      throw new StoreException(
          ErrorCode.PATH_REFUSED, "the base of a store cannot be written, moved or removed.");
    }
  }
}
