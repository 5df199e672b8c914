// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.StoreException;

/**
 * One SFTP store. Nothing secret shows in its text.
 *
 * @param base folder on the server below which the store lives, with {@code /} as separator;
 *     absolute, or relative to where the server puts the user; empty for that folder itself. It may
 *     be a symbolic link, as its owner chose it
 */
public record SftpSettings(
    SftpEndpoint endpoint, String base, SftpLogin login, HostKeyTrust trust, SftpLimits limits) {

  public SftpSettings {
    if (base.indexOf('\0') >= 0) {
      throw new StoreException(
          ErrorCode.INVALID_FIELD, "The base folder holds a NUL character. Remove it.");
    }
  }
}
