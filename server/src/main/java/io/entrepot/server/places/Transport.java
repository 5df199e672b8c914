// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import java.util.Locale;

/** How an instrument's files are reached. */
public enum Transport {
  CIFS,
  SFTP,
  NFS,
  POSIX,
  S3;

  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }
}
