// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Reading;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Files read one after another over one session. While one is read, the next ones are looked at and
 * opened, and their first bytes are on the way; many questions travel in one packet.
 */
final class RemoteReading implements Reading {

  /** Questions are sent for so many files at once, and again when half of them are answered. */
  private static final int FILES_AHEAD = 32;

  private final Lease lease;
  private final SftpSession session;
  private final Wire wire;
  private final Iterator<ObjectStat> files;
  private final Deque<Ahead> ahead = new ArrayDeque<>();
  private @Nullable ReadAheadStream current;

  RemoteReading(Lease lease, List<ObjectStat> files) {
    this.lease = lease;
    this.session = lease.session();
    this.wire = session.wire();
    this.files = files.iterator();
  }

  @Override
  public InputStream next() {
    closeCurrent();
    askAhead();
    Ahead first = ahead.remove();
    ReadAheadStream stream = first.stream();
    current = stream;
    long coming = stream.asked();
    for (Ahead next : ahead) {
      if (coming >= SshTransport.WINDOW_BYTES || !next.opened()) {
        break;
      }
      coming += next.begin();
    }
    wire.flush();
    return stream;
  }

  private void askAhead() {
    if (ahead.size() > FILES_AHEAD / 2) {
      return;
    }
    RemoteLooks looks = new RemoteLooks(session);
    while (files.hasNext() && ahead.size() < FILES_AHEAD) {
      ahead.add(new Ahead(files.next(), looks));
    }
  }

  private void closeCurrent() {
    if (current != null) {
      current.close();
      current = null;
    }
  }

  /** Files opened and not read leave handles behind, so their session is not used again. */
  @Override
  public void close() {
    try (lease) {
      closeCurrent();
      if (ahead.isEmpty() && !session.broken()) {
        wire.flush();
      } else {
        session.close();
      }
    } catch (StoreException gone) {
      return; // every file has been answered for
    }
  }

  /** One file that was asked for. What goes wrong is kept until its turn. */
  private final class Ahead {

    private final ObjectStat file;
    private final RemoteLooks looks;
    private final CompletableFuture<Reply> open;
    private @Nullable ReadAheadStream stream;
    private @Nullable StoreException failure;

    Ahead(ObjectStat file, RemoteLooks looks) {
      this.file = file;
      this.looks = looks;
      this.open = ask();
    }

    /** The look comes before the opening, and nothing is read before both were judged. */
    private CompletableFuture<Reply> ask() {
      try {
        looks.ask(file.path());
        return wire.send(
            Request.of(Packet.OPEN)
                .string(session.remote(file.path()))
                .integer(Packet.OPEN_READ)
                .integer(0));
      } catch (StoreException e) {
        failure = e;
        return new CompletableFuture<>();
      }
    }

    boolean opened() {
      return failure != null || open.isDone();
    }

    /** Sends for the first bytes; answers how many. */
    long begin() {
      try {
        return stream().asked();
      } catch (StoreException e) {
        failure = e;
        return 0;
      }
    }

    ReadAheadStream stream() {
      if (failure != null) {
        throw failure;
      }
      if (stream == null) {
        stream = judged();
      }
      return stream;
    }

    private ReadAheadStream judged() {
      Reply opened = wire.await(open);
      try {
        RemoteObject object = new RemoteObject(session, file.path());
        Attributes found = object.demandFile(looks.find(file.path()));
        return new ReadAheadStream(
            session,
            new ReadAheadStream.Opened(file.path(), object.handle(opened), found.size()),
            ReadOptions.WHOLE,
            wire::closeHandle);
      } catch (StoreException e) {
        if (opened.type() == Packet.HANDLE && !session.broken()) {
          wire.closeHandle(opened.handle());
        }
        throw e;
      }
    }
  }
}
