// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;
import java.time.Duration;

/**
 * How long to wait and how much to hold open.
 *
 * @param connectTimeout for the connection, and again for the login
 * @param replyTimeout how long nothing at all may arrive while an answer is due; then the
 *     connection is given up
 * @param idleTimeout a connection nobody used for so long is closed
 * @param maxSessions connections at most; more callers wait
 */
public record SftpLimits(
    Duration connectTimeout, Duration replyTimeout, Duration idleTimeout, int maxSessions) {

  /** As many sessions as a harvest may have workers, and some for listing; opened when needed. */
  public static final SftpLimits DEFAULT =
      new SftpLimits(Duration.ofSeconds(15), Duration.ofSeconds(45), Duration.ofSeconds(60), 36);

  public SftpLimits {
    if (connectTimeout.toMillis() < 1
        || replyTimeout.toMillis() < 1
        || idleTimeout.toMillis() < 1
        || maxSessions < 1) {
      throw new StoreException(
          ErrorCode.INVALID_FIELD,
          "SFTP time limits and the number of sessions must be positive. Correct them.");
    }
  }
}
