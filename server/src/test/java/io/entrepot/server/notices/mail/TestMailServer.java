// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A mail server that takes everything in the clear and offers no encryption. */
public final class TestMailServer implements AutoCloseable {

  private final ServerSocket socket;
  private final Thread thread;
  private final List<String> letters = new CopyOnWriteArrayList<>();
  private final List<String> said = new CopyOnWriteArrayList<>();

  private TestMailServer(ServerSocket socket) {
    this.socket = socket;
    this.thread = Thread.ofVirtual().start(this::serve);
  }

  public static TestMailServer start() {
    try {
      return new TestMailServer(new ServerSocket(0, 10, InetAddress.getByName("127.0.0.1")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public int port() {
    return socket.getLocalPort();
  }

  /** Whole letters with their headers, as they came. */
  public List<String> letters() {
    return List.copyOf(letters);
  }

  /** Every command that was given. */
  public List<String> said() {
    return List.copyOf(said);
  }

  private void serve() {
    while (!socket.isClosed()) {
      try (Socket client = socket.accept()) {
        talk(client);
      } catch (IOException _) {
        // The next one, or the end.
      }
    }
  }

  private void talk(Socket client) throws IOException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(client.getInputStream(), StandardCharsets.UTF_8));
    answer(client, "220 test");
    for (String line = in.readLine(); line != null; line = in.readLine()) {
      said.add(line);
      if (line.startsWith("EHLO")) {
        answer(client, "250-test\r\n250-AUTH PLAIN\r\n250 8BITMIME");
      } else if (line.equals("DATA")) {
        answer(client, "354 go on");
        letters.add(letter(in));
        answer(client, "250 taken");
      } else if (line.equals("QUIT")) {
        answer(client, "221 bye");
        return;
      } else {
        answer(client, line.startsWith("AUTH") ? "235 welcome" : "250 good");
      }
    }
  }

  private static String letter(BufferedReader in) throws IOException {
    StringBuilder letter = new StringBuilder();
    for (String line = in.readLine(); line != null && !line.equals("."); line = in.readLine()) {
      letter.append(line).append('\n');
    }
    return letter.toString();
  }

  private static void answer(Socket client, String text) throws IOException {
    client.getOutputStream().write((text + "\r\n").getBytes(StandardCharsets.UTF_8));
    client.getOutputStream().flush();
  }

  @Override
  public void close() throws IOException {
    socket.close();
    try {
      thread.join();
    } catch (InterruptedException _) {
      Thread.currentThread().interrupt();
    }
  }
}
