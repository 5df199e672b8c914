// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.concurrent.atomic.AtomicInteger;

/** Counts who connects, and hangs up on them. */
public final class Listening implements AutoCloseable {

  private static final int BACKLOG = 1_000;

  private final ServerSocket socket;
  private final AtomicInteger connections = new AtomicInteger();

  private Listening(ServerSocket socket) {
    this.socket = socket;
    Thread.ofVirtual().start(this::accept);
  }

  /** On every address of this machine. */
  public static Listening onAll() throws IOException {
    return new Listening(new ServerSocket(0, BACKLOG));
  }

  public static Listening on(String address, int port) throws IOException {
    return new Listening(new ServerSocket(port, BACKLOG, InetAddress.getByName(address)));
  }

  private void accept() {
    while (!socket.isClosed()) {
      try (Socket _ = socket.accept()) {
        connections.incrementAndGet();
      } catch (IOException _) {
        // Closed, or whoever came has gone.
      }
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** All that came so far. Connects once itself, so that nobody before that is overlooked. */
  public int connections() throws IOException {
    int before = -1;
    try (Socket last = new Socket(socket.getInetAddress(), socket.getLocalPort())) {
      last.setSoTimeout(10_000);
      before += last.getInputStream().read() < 0 ? connections.get() : 0;
    }
    return before;
  }

  @Override
  public void close() throws IOException {
    socket.close();
  }
}
