// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.CompletableFuture;

/** Writes one new file, with many writes under way, and checks every answer. */
final class Upload {

  static final String FSYNC = "fsync@openssh.com";

  /** A disk may need minutes to take what was cached for it. */
  static final int SYNC_PATIENCE = 10;

  private static final int UNANSWERED_LIMIT = 64;

  private final SftpSession session;
  private final Wire wire;
  private final ObjectPath path;
  private final Deque<CompletableFuture<Reply>> unanswered = new ArrayDeque<>();

  Upload(SftpSession session, ObjectPath path) {
    this.session = session;
    this.wire = session.wire();
    this.path = path;
  }

  /** Writes the content and, where asked, has the far side put it on its medium. */
  void run(InputStream content, WriteOptions options) {
    byte[] handle = open();
    boolean closing = false;
    try {
      write(content, handle, options);
      closing = true;
      unanswered.add(wire.send(Request.of(Packet.CLOSE).string(handle)));
    } finally {
      if (!closing) {
        giveBack(handle);
      }
    }
    while (!unanswered.isEmpty()) {
      settle(SYNC_PATIENCE);
    }
  }

  private void write(InputStream content, byte[] handle, WriteOptions options) {
    long size = pump(content, handle, options.size());
    if (options.size() != WriteOptions.UNKNOWN && size != options.size()) {
      throw new StoreException(
          ErrorCode.STORE_SHORT_SOURCE,
          "the source had "
              + (size < options.size() ? "only " + size : "more than the stated")
              + " bytes instead of "
              + options.size()
              + ". Nothing was kept; try again.");
    }
    if (options.durable() && wire.offers(FSYNC)) {
      unanswered.add(wire.send(Request.extended(FSYNC).string(handle)));
    }
  }

  /** The session goes on to others, and the server counts what is open; also when interrupted. */
  private void giveBack(byte[] handle) {
    boolean interrupted = Thread.interrupted();
    if (!session.broken()) {
      wire.closeHandle(handle);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private byte[] open() {
    Reply reply =
        wire.call(
            Request.of(Packet.OPEN)
                .string(session.remote(path))
                .integer(Packet.OPEN_WRITE | Packet.OPEN_CREATE | Packet.OPEN_EXCLUSIVE)
                .integer(0));
    if (reply.type() != Packet.HANDLE) {
      throw new Refusals(session).writing(reply, path);
    }
    return reply.handle();
  }

  private long pump(InputStream content, byte[] handle, long stated) {
    int chunk =
        wire.offers("limits@openssh.com")
            ? ReadAheadStream.LARGE_CHUNK
            : ReadAheadStream.SMALL_CHUNK;
    byte[] block =
        new byte[stated == WriteOptions.UNKNOWN ? chunk : (int) Math.min(chunk, stated + 1)];
    long written = 0;
    while (true) {
      int count = readBlock(content, block);
      if (count > 0) {
        Request request = Request.of(Packet.WRITE).string(handle).number(written);
        unanswered.add(wire.send(request, ByteBuffer.wrap(block, 0, count)));
        written += count;
      }
      if (count < block.length || (stated != WriteOptions.UNKNOWN && written > stated)) {
        return written;
      }
      while (unanswered.size() > UNANSWERED_LIMIT || isAnswered()) {
        settle(1);
      }
    }
  }

  private boolean isAnswered() {
    CompletableFuture<Reply> oldest = unanswered.peek();
    return oldest != null && oldest.isDone();
  }

  private void settle(int patience) {
    Reply reply = wire.await(unanswered.remove(), patience);
    if (!reply.isOk()) {
      throw new Refusals(session).writing(reply, path);
    }
  }

  private static int readBlock(InputStream content, byte[] block) {
    int count = 0;
    try {
      // Not readNBytes: some streams override it and give less than they have.
      while (count < block.length) {
        int got = content.read(block, count, block.length - count);
        if (got < 0) {
          break;
        }
        count += got;
      }
      return count;
    } catch (IOException e) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED,
          "the source of the write failed: " + e.getMessage() + ". Nothing was kept; try again.",
          e);
    }
  }
}
