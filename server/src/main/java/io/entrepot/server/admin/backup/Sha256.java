// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.admin.backup;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/** The digest that parts are compared by. */
final class Sha256 {

  private Sha256() {}

  static MessageDigest start() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
