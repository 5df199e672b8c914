// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** A TCP relay on loopback that can spoil the connections which go through it. */
public final class Relay implements AutoCloseable {

  private static final int PIECE = 16 << 10;

  /** What becomes of every connection that is open then. */
  public enum Fault {
    /** Both sides are told that it is over. */
    RESET,
    /** Nothing comes any more, and nobody is told. */
    STALL
  }

  /**
   * How a fault goes.
   *
   * @param begun when it is done
   * @param over how long after it the client let go of the connection that it read from
   */
  public record Spoiling(CompletableFuture<Fault> begun, CompletableFuture<Duration> over) {}

  /**
   * A fault to come.
   *
   * @param at when so many bytes have come from the server
   */
  private record Armed(Fault fault, long at, Spoiling spoiling) {}

  private final ServerSocket listener;
  private final String host;
  private final int port;
  private final Set<Connection> open = ConcurrentHashMap.newKeySet();
  private final AtomicLong passed = new AtomicLong();
  private final AtomicReference<@Nullable Armed> armed = new AtomicReference<>();

  private Relay(ServerSocket listener, String host, int port) {
    this.listener = listener;
    this.host = host;
    this.port = port;
  }

  public static Relay to(String host, int port) {
    try {
      Relay relay =
          new Relay(new ServerSocket(0, 50, InetAddress.getLoopbackAddress()), host, port);
      Thread.startVirtualThread(relay::accept);
      return relay;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return listener.getLocalPort();
  }

  /** Bytes that came from the server so far. */
  public long passed() {
    return passed.get();
  }

  /**
   * Spoils all connections that are open when so many bytes have come from the server, in all.
   * Later ones are sound.
   */
  public Spoiling spoil(Fault fault, long at) {
    Spoiling spoiling = new Spoiling(new CompletableFuture<>(), new CompletableFuture<>());
    armed.set(new Armed(fault, at, spoiling));
    return spoiling;
  }

  private void accept() {
    while (!listener.isClosed()) {
      try {
        Socket client = listener.accept();
        Connection made = new Connection(client, connected(client));
        open.add(made);
        Thread.startVirtualThread(made::fromServer);
        Thread.startVirtualThread(made::fromClient);
      } catch (IOException e) {
        // The listener was closed, or the server is away and the client has been told.
      }
    }
  }

  private Socket connected(Socket client) throws IOException {
    try {
      Socket server = new Socket(host, port);
      client.setTcpNoDelay(true);
      server.setTcpNoDelay(true);
      return server;
    } catch (IOException away) {
      client.close();
      throw away;
    }
  }

  @Override
  public void close() {
    try (listener) {
      open.forEach(Connection::close);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** One client's way to the server. */
  private final class Connection {

    private final Socket client;
    private final Socket server;
    private volatile boolean silent;
    private volatile long since;
    private volatile @Nullable CompletableFuture<Duration> over;

    Connection(Socket client, Socket server) {
      this.client = client;
      this.server = server;
    }

    void fromServer() {
      byte[] piece = new byte[PIECE];
      try {
        InputStream in = server.getInputStream();
        OutputStream out = client.getOutputStream();
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
          Armed due = armed.get();
          long all = passed.addAndGet(count);
          if (due != null && all >= due.at() && armed.compareAndSet(due, null)) {
            over = due.spoiling().over();
            open.forEach(connection -> connection.spoil(due.fault()));
            due.spoiling().begun().complete(due.fault());
          }
          if (silent) {
            return;
          }
          out.write(piece, 0, count);
        }
        close();
      } catch (IOException ended) {
        close();
      }
    }

    void fromClient() {
      byte[] piece = new byte[PIECE];
      try {
        InputStream in = client.getInputStream();
        OutputStream out = server.getOutputStream();
        for (int count = in.read(piece); count >= 0; count = in.read(piece)) {
          if (!silent) {
            out.write(piece, 0, count);
          }
        }
        close();
      } catch (IOException ended) {
        close();
      }
    }

    private void spoil(Fault fault) {
      since = System.nanoTime();
      switch (fault) {
        case STALL -> silent = true;
        case RESET -> {
          reset(client);
          reset(server);
          close();
        }
      }
    }

    private static void reset(Socket socket) {
      try {
        socket.setSoLinger(true, 0);
      } catch (IOException gone) {
        return;
      }
    }

    private void close() {
      CompletableFuture<Duration> waiting = over;
      if (waiting != null) {
        waiting.complete(Duration.ofNanos(System.nanoTime() - since));
      }
      open.remove(this);
      try (client;
          server) {
        silent = true;
      } catch (IOException gone) {
        return;
      }
    }
  }
}
