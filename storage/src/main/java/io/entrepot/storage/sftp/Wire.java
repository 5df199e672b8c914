// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.io.IOException;
import java.io.InterruptedIOException;
import java.io.OutputStream;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.sshd.client.channel.ChannelSubsystem;

/**
 * SFTP over one channel. Requests are sent without waiting; each has its own answer to wait for.
 *
 * <p>For one thread at a time. After an exception {@link #broken} tells what is left: a wire whose
 * connection ended, fell silent, or was cut in the middle of sending is good for nothing; one whose
 * waiting was cancelled stays good, and the answers nobody waits for any more are dropped.
 */
final class Wire {

  private static final int PROTOCOL_VERSION = 3;

  private final SftpEndpoint endpoint;
  private final Duration replyTimeout;
  private final ChannelSubsystem channel;
  private final OutputStream out;
  private final Map<Integer, CompletableFuture<Reply>> due = new ConcurrentHashMap<>();
  private final CompletableFuture<ByteBuffer> version = new CompletableFuture<>();
  private final Set<String> extensions = new HashSet<>();
  private final byte[] head = new byte[2 * Integer.BYTES + 1];
  private volatile long lastArrival = System.nanoTime();
  private volatile boolean broken;
  private volatile boolean lost;
  private int lastNumber;

  /** Opens the channel and agrees on the protocol. */
  Wire(ChannelSubsystem channel, SftpEndpoint endpoint, SftpLimits limits) {
    this.channel = channel;
    this.endpoint = endpoint;
    this.replyTimeout = limits.replyTimeout();
    channel.setOut(new Frames(this::arrived));
    channel.setErr(OutputStream.nullOutputStream());
    channel.onClose(this::ended);
    try {
      channel.open().verify(limits.connectTimeout());
      out = channel.getInvertedIn();
      out.write(new byte[] {0, 0, 0, 5, Packet.INIT, 0, 0, 0, PROTOCOL_VERSION});
      out.flush();
    } catch (IOException e) {
      throw lost(e);
    }
    readVersion(waited(version, 1));
  }

  private void readVersion(ByteBuffer packet) {
    Fields in = new Fields(packet);
    in.pass(Integer.BYTES);
    while (in.left() > Integer.BYTES) {
      extensions.add(new String(in.string(), StandardCharsets.ISO_8859_1));
      in.pass(in.integer());
    }
  }

  /** Whether the server offers this extension. */
  boolean offers(String extension) {
    return extensions.contains(extension);
  }

  /** The connection ended without our doing, as opposed to falling silent or being cancelled. */
  boolean lost() {
    return lost;
  }

  boolean broken() {
    return broken || !channel.isOpen();
  }

  /** Sends a request; it may stay in a buffer until something is awaited. */
  CompletableFuture<Reply> send(Request request) {
    return send(request, ByteBuffer.allocate(0));
  }

  /** Sends a request with {@code data} at its end, length before it when there is any. */
  CompletableFuture<Reply> send(Request request, ByteBuffer data) {
    int number = ++lastNumber;
    CompletableFuture<Reply> reply = new CompletableFuture<>();
    due.put(number, reply);
    if (broken) {
      throw lost(new IOException("the connection had ended"));
    }
    ByteBuffer body = request.body();
    int dataLength = data.hasRemaining() ? Integer.BYTES + data.remaining() : 0;
    ByteBuffer.wrap(head)
        .putInt(1 + Integer.BYTES + body.remaining() + dataLength)
        .put((byte) request.type())
        .putInt(number);
    try {
      out.write(head, 0, head.length);
      out.write(body.array(), body.arrayOffset(), body.remaining());
      if (dataLength > 0) {
        out.write(ByteBuffer.allocate(Integer.BYTES).putInt(data.remaining()).array());
        out.write(data.array(), data.arrayOffset() + data.position(), data.remaining());
      }
    } catch (IOException e) {
      throw lost(e);
    }
    return reply;
  }

  Reply call(Request request) {
    return await(send(request));
  }

  Reply await(CompletableFuture<Reply> reply) {
    return await(reply, 1);
  }

  /** Waits {@code patience} times as long as usual, for work that is slow by nature. */
  Reply await(CompletableFuture<Reply> reply, int patience) {
    if (!reply.isDone()) {
      flush();
    }
    return waited(reply, patience);
  }

  /**
   * Closes a handle, with the next request or flush; nobody waits for the answer, and a connection
   * that breaks now breaks nothing.
   */
  void closeHandle(byte[] handle) {
    try {
      send(Request.of(Packet.CLOSE).string(handle));
    } catch (StoreException e) {
      broken = true;
    }
  }

  void flush() {
    try {
      out.flush();
    } catch (IOException e) {
      throw lost(e);
    }
  }

  private <T> T waited(CompletableFuture<T> answer, int patience) {
    if (Thread.currentThread().isInterrupted()) {
      throw cancelled(new InterruptedException());
    }
    Duration allowed = replyTimeout.multipliedBy(patience);
    try {
      return untilSilent(answer, allowed.toNanos());
    } catch (InterruptedException e) {
      throw cancelled(e);
    } catch (ExecutionException e) {
      throw lost(Objects.requireNonNullElse(e.getCause(), e));
    } catch (TimeoutException e) {
      throw silent(allowed);
    }
  }

  /** Whatever arrives, also for somebody else, shows that the server still works. */
  private <T> T untilSilent(CompletableFuture<T> answer, long allowed)
      throws InterruptedException, ExecutionException, TimeoutException {
    long start = System.nanoTime();
    while (true) {
      long quietSince = lastArrival - start > 0 ? lastArrival : start;
      long left = allowed - (System.nanoTime() - quietSince);
      if (left <= 0) {
        throw new TimeoutException();
      }
      try {
        return answer.get(left, TimeUnit.NANOSECONDS);
      } catch (TimeoutException e) {
        continue;
      }
    }
  }

  private void arrived(ByteBuffer packet) {
    lastArrival = System.nanoTime();
    int type = packet.get() & 0xff;
    if (type == Packet.VERSION) {
      version.complete(packet);
      return;
    }
    CompletableFuture<Reply> reply = due.remove(packet.getInt());
    if (reply != null) {
      reply.complete(new Reply(type, packet.slice()));
    }
  }

  private void ended() {
    broken = true;
    IOException end = new IOException("the server closed the connection");
    version.completeExceptionally(end);
    due.values().forEach(reply -> reply.completeExceptionally(end));
  }

  /** Whole requests were sent, so their answers can be dropped and the wire stays good. */
  private StoreException cancelled(Exception cause) {
    Thread.currentThread().interrupt();
    return new StoreException(
        ErrorCode.CANCELLED, "the work on " + endpoint + " was cancelled", cause);
  }

  private StoreException silent(Duration allowed) {
    broken = true;
    return new StoreException(
        ErrorCode.STORE_UNREACHABLE,
        endpoint
            + " sent nothing for "
            + allowed.toMillis() / 1000.0
            + " s while an answer was due. Check the network and the server, then try again.");
  }

  private StoreException lost(Throwable cause) {
    if (cause instanceof InterruptedIOException interrupted
        && !(cause instanceof SocketTimeoutException)) {
      broken = true;
      return cancelled(interrupted);
    }
    broken = true;
    lost = true;
    return new StoreException(
        ErrorCode.STORE_UNREACHABLE,
        "the connection to "
            + endpoint
            + " broke: "
            + cause.getMessage()
            + ". Check the network and the server, then try again.",
        cause);
  }
}
