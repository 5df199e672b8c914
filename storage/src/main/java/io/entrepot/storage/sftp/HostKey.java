// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.sftp;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

/**
 * The public key by which a server proves that it is the same as last time.
 *
 * @param type as in {@code known_hosts}, for example {@code ssh-ed25519}
 * @param base64 the key itself, as in {@code known_hosts}
 */
public record HostKey(String type, String base64) {

  /** As {@code ssh-keygen -l} shows it: {@code SHA256:} and 43 characters. */
  public String fingerprint() {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(Base64.getDecoder().decode(base64));
      return HostKeyPin.FINGERPRINT_PREFIX
          + Base64.getEncoder().withoutPadding().encodeToString(hash);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java has SHA-256", e);
    }
  }

  /** The pin that only this key fits. */
  public HostKeyPin pin() {
    return new HostKeyPin(type + " " + base64);
  }
}
