// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

/** How to prove who we are. */
public sealed interface SftpLogin {

  /** A password, also given where the server asks for one by keyboard-interactive. */
  record Password(Secret password) implements SftpLogin {}

  /**
   * A private key.
   *
   * @param text the whole file, in OpenSSH or PEM form
   * @param passphrase what the key is locked with; an empty secret when it is not
   */
  record PrivateKey(Secret text, Secret passphrase) implements SftpLogin {

    /** A key that is not locked. */
    public PrivateKey(Secret text) {
      this(text, Secret.of(""));
    }
  }
}
