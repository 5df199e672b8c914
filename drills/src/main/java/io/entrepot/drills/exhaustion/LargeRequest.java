// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.exhaustion;

import io.entrepot.drills.kit.Pauses;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A request with a body that no proper client sends, as it goes over the wire.
 *
 * @param chunked whether its length is kept to itself
 * @param length of the body
 * @param begin what the body begins with, where its length is told
 * @param pattern what the rest consists of, again and again
 */
record LargeRequest(boolean chunked, long length, String begin, byte[] pattern) {

  /** So that of many at once the server has all but the end before it can be done with any. */
  private static final Duration BEFORE_THE_END = Duration.ofSeconds(3);

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * Sends it.
   *
   * @return the status; 0 when the server hung up without one; -1 when it said nothing for long
   */
  int send(URI server, String key) {
    try (Socket socket = new Socket(server.getHost(), server.getPort())) {
      socket.setSoTimeout((int) PATIENCE.toMillis());
      Thread sender = Thread.ofVirtual().start(() -> write(socket, key));
      int status = status(socket.getInputStream());
      sender.interrupt();
      return status;
    } catch (SocketTimeoutException e) {
      return -1;
    } catch (IOException e) {
      return 0;
    }
  }

  private void write(Socket socket, String key) {
    String head =
        """
        POST /api/groups HTTP/1.1
        Host: localhost
        Authorization: Bearer %s
        Content-Type: application/json
        Connection: close
        %s

        """
            .formatted(key, chunked ? "Transfer-Encoding: chunked" : "Content-Length: " + length);
    try {
      OutputStream out = socket.getOutputStream();
      out.write(head.replace("\n", "\r\n").getBytes(StandardCharsets.US_ASCII));
      byte[] size = (Integer.toHexString(pattern.length) + "\r\n").getBytes(StandardCharsets.UTF_8);
      long sent = 0;
      if (!chunked) {
        out.write(begin.getBytes(StandardCharsets.US_ASCII));
        sent = begin.length();
      }
      for (; sent < length; sent += pattern.length) {
        if (sent + pattern.length >= length) {
          Pauses.sleep(BEFORE_THE_END);
        }
        if (chunked) {
          out.write(size);
        }
        out.write(pattern, 0, (int) Math.min(pattern.length, length - sent));
        if (chunked) {
          out.write(new byte[] {'\r', '\n'});
        }
      }
      if (chunked) {
        out.write("0\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      }
    } catch (IOException refused) {
      // What the server thought of it stands in its answer.
    }
  }

  private static int status(InputStream in) throws IOException {
    byte[] line = in.readNBytes("HTTP/1.1 200".length());
    if (line.length == 0) {
      return 0;
    }
    try {
      return Integer.parseInt(new String(line, 9, 3, StandardCharsets.US_ASCII));
    } catch (IndexOutOfBoundsException | NumberFormatException e) {
      throw new UncheckedIOException(new IOException("no status line", e));
    }
  }
}
