// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import io.entrepot.base.Digest;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;

/**
 * The key that checkpoints are checked with.
 *
 * @param base64 the Ed25519 public key as X.509 SubjectPublicKeyInfo, in base64 on one line
 */
public record LedgerPublicKey(String base64) {

  /** The constant first 12 of the 44 bytes, which name the algorithm Ed25519. */
  private static final String ED25519_PREFIX = "MCowBQYDK2VwAyEA";

  private static final int ENCODED_LENGTH = 44;

  public LedgerPublicKey {
    if (!base64.startsWith(ED25519_PREFIX)
        || Base64.getDecoder().decode(base64).length != ENCODED_LENGTH) {
      throw new IllegalArgumentException("not an Ed25519 public key in base64: " + base64);
    }
  }

  /** The key in a PEM file's text. */
  public static LedgerPublicKey fromPem(String pem) {
    return new LedgerPublicKey(Pem.body(pem, "PUBLIC KEY"));
  }

  public String toPem() {
    return Pem.text(base64, "PUBLIC KEY");
  }

  /** SHA-256 of the encoded key: what checkpoints name it by. */
  public Digest id() {
    return LedgerHasher.digest(LedgerHasher.sha256().digest(Base64.getDecoder().decode(base64)));
  }

  /** Whether the signature is this key's over these bytes; a malformed one is not. */
  boolean accepts(byte[] signed, byte[] signature) {
    try {
      PublicKey key =
          KeyFactory.getInstance("Ed25519")
              .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
      Signature check = Signature.getInstance("Ed25519");
      check.initVerify(key);
      check.update(signed);
      return check.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }
}
