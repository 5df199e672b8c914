// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/** Host keys as people compare them. */
final class HostKeys {

  private HostKeys() {}

  /**
   * As {@code ssh-keygen -l} prints it; the text itself where that is no key.
   *
   * @param key in OpenSSH's public key form
   */
  static String fingerprint(String key) {
    String[] parts = key.strip().split("\\s+");
    try {
      byte[] blob = Base64.getDecoder().decode(parts.length > 1 ? parts[1] : "");
      byte[] digest = MessageDigest.getInstance("SHA-256").digest(blob);
      return parts.length < 2
          ? key
          : parts[0] + " SHA256:" + Base64.getEncoder().withoutPadding().encodeToString(digest);
    } catch (IllegalArgumentException _) {
      return key;
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
