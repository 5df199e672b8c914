// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.peer;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * A TCP proxy on a loopback port that spoils connections in one chosen way. The fault can change
 * while connections are open; byte counts are per connection and direction.
 */
public final class FaultProxy implements AutoCloseable {

  /** Which way the spoiled bytes flow. */
  public enum Direction {
    TO_SERVER,
    TO_CLIENT
  }

  /** What happens to one direction of every connection. */
  public sealed interface Fault {
    /** Both sides are closed after so many bytes. */
    record Cut(long afterBytes) implements Fault {}

    /** Both sides get a reset after so many bytes. */
    record Reset(long afterBytes) implements Fault {}

    /** The receiver is told that no more comes; the other direction goes on. */
    record HalfClose(long afterBytes) implements Fault {}

    /** Nothing moves any more after so many bytes, and nobody is told. */
    record Stall(long afterBytes) implements Fault {}

    /** Each piece waits so long before it moves on. */
    record Delay(long millis) implements Fault {}

    /** No more than so much in a second. */
    record Rate(long bytesPerSecond) implements Fault {}

    /** One bit of the byte at this offset is turned. */
    record Flip(long offset) implements Fault {}
  }

  private static final int PIECE = 16 << 10;

  private final ServerSocket listener;
  private final InetSocketAddress target;
  private final Set<Socket> sockets = ConcurrentHashMap.newKeySet();
  private final AtomicInteger connections = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);
  private volatile @Nullable Fault toServer;
  private volatile @Nullable Fault toClient;

  private FaultProxy(ServerSocket listener, InetSocketAddress target) {
    this.listener = listener;
    this.target = target;
  }

  public static FaultProxy to(String host, int port) {
    try {
      ServerSocket listener = new ServerSocket(0, 50, InetAddress.getByName("127.0.0.1"));
      FaultProxy proxy = new FaultProxy(listener, new InetSocketAddress(host, port));
      Thread.startVirtualThread(proxy::accept);
      return proxy;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many connections were opened so far. */
  public int connections() {
    return connections.get();
  }

  public int port() {
    return listener.getLocalPort();
  }

  public void spoil(Direction direction, Fault fault) {
    if (direction == Direction.TO_SERVER) {
      toServer = fault;
    } else {
      toClient = fault;
    }
  }

  /** New bytes pass unspoiled from now on. */
  public void heal() {
    toServer = null;
    toClient = null;
  }

  /** Closes every connection that is open now. */
  public void dropAll() {
    sockets.forEach(FaultProxy::closeQuietly);
  }

  @Override
  public void close() {
    closed.countDown();
    closeQuietly(listener);
    dropAll();
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        connections.incrementAndGet();
        Socket server = new Socket();
        if (!connected(server)) {
          closeQuietly(client);
          continue;
        }
        sockets.add(client);
        sockets.add(server);
        client.setTcpNoDelay(true);
        server.setTcpNoDelay(true);
        Thread.startVirtualThread(() -> pump(client, server, Direction.TO_SERVER));
        Thread.startVirtualThread(() -> pump(server, client, Direction.TO_CLIENT));
      } catch (IOException e) {
        // The listener was closed.
      }
    }
  }

  private boolean connected(Socket server) {
    try {
      server.connect(target);
      return true;
    } catch (IOException away) {
      return false;
    }
  }

  private void pump(Socket from, Socket to, Direction direction) {
    byte[] piece = new byte[PIECE];
    long moved = 0;
    try {
      InputStream in = from.getInputStream();
      OutputStream out = to.getOutputStream();
      for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
        Fault fault = direction == Direction.TO_SERVER ? toServer : toClient;
        int pass = fault == null ? count : before(fault, piece, moved, count);
        out.write(piece, 0, pass);
        out.flush();
        moved += count;
        if (pass < count) {
          end(fault, from, to);
          return;
        }
      }
      to.shutdownOutput();
    } catch (IOException e) {
      closeQuietly(from);
      closeQuietly(to);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  /** Spoils the piece and says how much of it may pass. */
  private int before(Fault fault, byte[] piece, long moved, int count) throws InterruptedException {
    return switch (fault) {
      case Fault.Cut(long after) -> room(after, moved, count);
      case Fault.Reset(long after) -> room(after, moved, count);
      case Fault.HalfClose(long after) -> room(after, moved, count);
      case Fault.Stall(long after) -> room(after, moved, count);
      case Fault.Delay(long millis) -> {
        pause(millis * 1_000_000);
        yield count;
      }
      case Fault.Rate(long bytesPerSecond) -> {
        pause(count * 1_000_000_000L / bytesPerSecond);
        yield count;
      }
      case Fault.Flip(long offset) -> {
        if (offset >= moved && offset < moved + count) {
          piece[(int) (offset - moved)] ^= 0x10;
        }
        yield count;
      }
    };
  }

  private void end(@Nullable Fault fault, Socket from, Socket to)
      throws IOException, InterruptedException {
    switch (fault) {
      case Fault.HalfClose _ -> to.shutdownOutput();
      case Fault.Stall _ -> closed.await();
      case Fault.Reset _ -> {
        to.setSoLinger(true, 0);
        from.setSoLinger(true, 0);
        to.close();
        from.close();
      }
      case null, default -> {
        closeQuietly(from);
        closeQuietly(to);
      }
    }
  }

  private void pause(long nanos) throws InterruptedException {
    boolean unused = closed.await(nanos, TimeUnit.NANOSECONDS);
  }

  private static int room(long after, long moved, int count) {
    return (int) Math.max(0, Math.min(count, after - moved));
  }

  private static void closeQuietly(AutoCloseable closing) {
    try {
      closing.close();
    } catch (Exception e) {
      // Already gone.
    }
  }
}
