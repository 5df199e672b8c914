// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;

/**
 * Where the server is and whom to be there.
 *
 * @param host name or address
 * @param port 1 to 65535
 * @param user account on the server
 */
public record SftpEndpoint(String host, int port, String user) {

  public static final int DEFAULT_PORT = 22;

  public SftpEndpoint {
    if (host.isBlank() || user.isBlank()) {
      throw new StoreException(
          ErrorCode.INVALID_FIELD, "An SFTP store needs a host and a user. Fill in both.");
    }
    if (port < 1 || port > 0xffff) {
      throw new StoreException(
          ErrorCode.INVALID_FIELD, "port " + port + " is not between 1 and 65535. Correct it.");
    }
  }

  public SftpEndpoint(String host, String user) {
    this(host, DEFAULT_PORT, user);
  }

  @Override
  public String toString() {
    return user + "@" + host + ":" + port;
  }
}
