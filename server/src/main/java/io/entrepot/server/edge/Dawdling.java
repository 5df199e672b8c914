// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.time.Duration;
import org.eclipse.jetty.io.AbstractEndPoint;
import org.eclipse.jetty.io.Connection;
import org.eclipse.jetty.io.EndPoint;

/**
 * At how many looks one client has kept the server waiting.
 *
 * <p>It does with a request of which some came and hardly more does, and with an answer of which it
 * takes nothing. A connection on which nothing has begun is not waited for, nor one whose request
 * is being worked on.
 *
 * @param first the look since which nothing came to an end
 * @param looks how many there were since
 */
record Dawdling(Look first, int looks) {

  static final Duration BETWEEN_LOOKS = Duration.ofSeconds(2);

  /** 20 seconds for a header, and for each 4 KiB of it or of a body. */
  static final int SENDING_LOOKS = 10;

  static final int LEAST_SENT = 4096;

  /**
   * 40 seconds for each buffer of an answer, which holds 128 KiB at most: some networks are that
   * slow.
   */
  static final int TAKING_LOOKS = 20;

  /**
   * How a connection is at one moment.
   *
   * @param reads whether the server waits for bytes
   * @param writes whether it waits until some are taken
   * @param in how many came
   * @param out how many were given to be sent
   * @param requests how many were begun
   */
  record Look(boolean reads, boolean writes, long in, long out, long requests) {

    static Look at(EndPoint end) {
      boolean writes = end instanceof AbstractEndPoint known && known.getWriteFlusher().isPending();
      Connection connection = end.getConnection();
      return connection == null
          ? new Look(false, writes, 0, 0, 0)
          : new Look(
              end.isFillInterested(),
              writes,
              connection.getBytesIn(),
              connection.getBytesOut(),
              connection.getMessagesIn());
    }
  }

  static Dawdling since(Look look) {
    return new Dawdling(look, 0);
  }

  /** With one look more, which counts when the server waits at that moment. */
  Dawdling and(Look now) {
    if (!isStillWaiting(now)) {
      return since(now);
    }
    return new Dawdling(first, looks + (now.reads() || now.writes() ? 1 : 0));
  }

  private boolean isStillWaiting(Look now) {
    if (now.out() != first.out() || now.requests() != first.requests()) {
      return false;
    }
    if (first.writes()) {
      return now.writes() || !now.reads();
    }
    long sent = now.in() - first.in();
    return !now.writes() && sent < LEAST_SENT && (sent > 0 || !now.reads());
  }

  boolean isTooLong() {
    return looks >= (first.writes() ? TAKING_LOOKS : SENDING_LOOKS);
  }
}
