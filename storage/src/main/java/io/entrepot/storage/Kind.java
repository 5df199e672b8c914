// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

/** What stands under a name. */
public enum Kind {
  FILE,
  FOLDER,
  /** A symbolic link. Never followed; reading one is refused. */
  LINK,
  /** A device, socket or pipe. Never opened. */
  OTHER
}
