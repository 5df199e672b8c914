// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import java.util.function.Consumer;

/** Which host key is believed. */
public sealed interface HostKeyTrust {

  /** Only this one; any other is {@code STORE_HOST_KEY_CHANGED} and no login is tried. */
  record Pinned(HostKeyPin pin) implements HostKeyTrust {}

  /**
   * The first key that is seen, and from then on, while the store lives, only that one.
   *
   * @param seen told once, before any login, so that the caller can keep the key; what it throws
   *     ends the connection
   */
  record FirstUse(Consumer<HostKey> seen) implements HostKeyTrust {}
}
