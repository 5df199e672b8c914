// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.InstantSource;
import org.eclipse.jetty.ee11.servlet.ServletContextRequest;
import org.eclipse.jetty.io.EndPoint;

/**
 * What a refused request still has to send. A connection closed under a client that is sending
 * takes the answer with it, and the client sees a reset instead of the reason; so the rest is read
 * and thrown away, while it keeps coming and within limits.
 */
final class UnreadBody {

  private static final long MOST = 64L * 1024 * 1024;
  private static final Duration LONGEST = Duration.ofSeconds(5);

  /** A client that sends nothing for so long is waiting for the connection to be closed. */
  private static final Duration QUIET = Duration.ofMillis(500);

  private static final int AT_ONCE = 64 * 1024;

  private final InstantSource clock;

  UnreadBody(InstantSource clock) {
    this.clock = clock;
  }

  /** Reads what is left, after the answer was sent; never fails. */
  void discard(HttpServletRequest request) {
    if (!hasBody(request) || request.getHeader("Expect") != null) {
      return; // a client that asked first sends nothing once it is refused
    }
    EndPoint connection =
        ServletContextRequest.getServletContextRequest(request)
            .getConnectionMetaData()
            .getConnection()
            .getEndPoint();
    long usual = connection.getIdleTimeout();
    connection.setIdleTimeout(QUIET.toMillis());
    try {
      discard(request.getInputStream());
      connection.setIdleTimeout(usual);
    } catch (IOException | IllegalStateException gone) {
      return; // the client has gone, or the body was read as text to its end
    }
  }

  private void discard(InputStream body) throws IOException {
    long end = clock.instant().plus(LONGEST).toEpochMilli();
    long left = MOST;
    byte[] waste = new byte[AT_ONCE];
    while (left > 0 && clock.millis() < end) {
      int read = body.read(waste);
      if (read < 0) {
        return;
      }
      left -= read;
    }
  }

  private static boolean hasBody(HttpServletRequest request) {
    return request.getContentLengthLong() > 0 || request.getHeader("Transfer-Encoding") != null;
  }
}
