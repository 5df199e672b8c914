// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.StoreException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One open file, with many reads under way ahead of the caller. Closes its handle at the end. */
final class ReadAheadStream extends InputStream {

  /** What every server answers in one piece; OpenSSH would give up to 255 KiB. */
  static final int SMALL_CHUNK = 32 << 10;

  static final int LARGE_CHUNK = 250 << 10;

  private static final int FIRST_DEPTH = 4;

  private final ObjectPath path;
  private final byte[] handle;
  private final long statedSize;
  private final long limit;
  private final int chunk;

  /** OpenSSH answers a read in full unless the file ends. */
  private final boolean fullReads;

  private final Deque<Ask> asks = new ArrayDeque<>();
  private final SftpSession session;
  private final Consumer<byte[]> closing;
  private boolean ended;
  private ByteBuffer current = ByteBuffer.allocate(0);
  private long nextAsk;
  private int depth = FIRST_DEPTH;

  private record Ask(long offset, int length, CompletableFuture<Reply> reply) {}

  /** What was opened: by which path, its handle, and how long the server said it is. */
  record Opened(ObjectPath path, byte[] handle, long size) {}

  /**
   * Puts the first questions on the wire, without flushing it.
   *
   * @param closing told the handle when nothing more will be read from it
   */
  ReadAheadStream(SftpSession session, Opened file, ReadOptions options, Consumer<byte[]> closing) {
    this.session = session;
    this.closing = closing;
    this.path = file.path();
    this.handle = file.handle();
    this.statedSize = file.size();
    this.nextAsk = options.offset();
    this.limit =
        options.length() > Long.MAX_VALUE - nextAsk ? Long.MAX_VALUE : nextAsk + options.length();
    Wire wire = session.wire();
    this.fullReads = wire.offers("limits@openssh.com");
    this.chunk = fullReads ? LARGE_CHUNK : SMALL_CHUNK;
    askAhead(wire);
  }

  /** Bytes that were asked for and have not been handed out. */
  long asked() {
    return asks.stream().mapToLong(Ask::length).sum();
  }

  @Override
  public int read() {
    return fill() ? current.get() & 0xff : -1;
  }

  @Override
  public int read(byte[] into, int offset, int length) {
    Objects.checkFromIndexSize(offset, length, into.length);
    if (length == 0) {
      return 0;
    }
    if (!fill()) {
      return -1;
    }
    int count = Math.min(length, current.remaining());
    current.get(into, offset, count);
    return count;
  }

  @Override
  public void close() {
    finish();
  }

  private boolean fill() {
    while (!current.hasRemaining()) {
      if (ended) {
        return false;
      }
      try {
        fetch();
      } catch (StoreException e) {
        boolean cut = session.wire().lost();
        finish();
        throw cut ? shortSource("the connection ended", e) : e;
      }
    }
    return true;
  }

  private void fetch() {
    Wire wire = session.wire();
    askAhead(wire);
    Ask ask = asks.poll();
    if (ask == null) {
      end();
      return;
    }
    Reply reply = wire.await(ask.reply());
    if (reply.isStatus(Packet.END)) {
      if (ask.offset() < Math.min(limit, statedSize)) {
        throw shortSource("the file ended at " + ask.offset() + " bytes", null);
      }
      end();
      return;
    }
    if (reply.type() != Packet.DATA) {
      throw new Refusals(session).reading(reply, path);
    }
    take(wire, ask, reply.body());
    depth = Math.min(depth * 2, (int) SshTransport.WINDOW_BYTES / chunk);
  }

  private void take(Wire wire, Ask ask, ByteBuffer body) {
    ByteBuffer data = new Fields(body).shared();
    int count = data.remaining();
    if (count == 0 || count > ask.length()) {
      throw new StoreException(
          ErrorCode.STORE_READ_FAILED, "\"" + path + "\" could not be read: a wrong answer came");
    }
    current = data;
    long reached = ask.offset() + count;
    if (count == ask.length()) {
      return;
    }
    if (fullReads && reached == statedSize) {
      end();
    } else {
      asks.addFirst(ask(wire, reached, ask.length() - count));
    }
  }

  /**
   * Asks up to the stated size and for one byte more, which is not there unless the file has grown;
   * past that only what is known to be there.
   */
  private void askAhead(Wire wire) {
    while (nextAsk < limit && asks.size() < depth) {
      long left = Math.min(limit, statedSize + 1) - nextAsk;
      if (left <= 0 && !asks.isEmpty()) {
        return;
      }
      int length =
          (int) (left <= 0 ? Math.min(chunk, limit - nextAsk) : left <= chunk + 1 ? left : chunk);
      asks.add(ask(wire, nextAsk, length));
      nextAsk += length;
    }
  }

  private Ask ask(Wire wire, long offset, int length) {
    Request request = Request.of(Packet.READ).string(handle).number(offset).integer(length);
    return new Ask(offset, length, wire.send(request));
  }

  private StoreException shortSource(String what, @Nullable Exception cause) {
    return new StoreException(
        ErrorCode.STORE_SHORT_SOURCE,
        "\""
            + path
            + "\" came short: the server stated "
            + statedSize
            + " bytes, but "
            + what
            + ". Try again.",
        cause);
  }

  private void finish() {
    current = ByteBuffer.allocate(0);
    end();
  }

  /** Answers still under way are dropped when they arrive. */
  private void end() {
    if (!ended) {
      ended = true;
      closing.accept(handle);
    }
  }
}
