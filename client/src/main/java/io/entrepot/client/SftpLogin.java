// SPDX-License-Identifier: Apache-2.0
package io.entrepot.client;

/**
 * How to sign in at an SSH server.
 *
 * @param privateKey an OpenSSH private key, whole
 * @param hostKey the server's public key line, {@code ssh-ed25519 AAAA…}
 */
public record SftpLogin(String host, int port, String username, String privateKey, String hostKey) {

  @Override
  public String toString() {
    return "SftpLogin[" + username + "@" + host + ":" + port + "]";
  }
}
