// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/** The key that signs checkpoints. Its text form is a secret; {@code toString} shows none of it. */
public final class LedgerKey {

  private static final String LABEL = "PRIVATE KEY";

  private final PrivateKey secret;
  private final LedgerPublicKey open;

  private LedgerKey(PrivateKey secret, LedgerPublicKey open) {
    this.secret = secret;
    this.open = open;
  }

  public static LedgerKey generate(SecureRandom random) {
    try {
      KeyPairGenerator generator = KeyPairGenerator.getInstance("Ed25519");
      generator.initialize(NamedParameterSpec.ED25519, random);
      KeyPair pair = generator.generateKeyPair();
      String encoded = Base64.getEncoder().encodeToString(pair.getPublic().getEncoded());
      return new LedgerKey(pair.getPrivate(), new LedgerPublicKey(encoded));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this JDK has no Ed25519", e);
    }
  }

  /**
   * The pair that was stored as two PEM texts.
   *
   * @throws IllegalArgumentException when they are not keys, or not of one pair
   */
  public static LedgerKey fromPem(String secretPem, String openPem) {
    try {
      byte[] encoded = Base64.getDecoder().decode(Pem.body(secretPem, LABEL));
      PrivateKey secret =
          KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(encoded));
      LedgerKey key = new LedgerKey(secret, LedgerPublicKey.fromPem(openPem));
      byte[] probe = {1};
      if (!key.open.accepts(probe, key.signature(probe))) {
        throw new IllegalArgumentException("the public key is not that of the private key");
      }
      return key;
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException("not an Ed25519 private key", e);
    }
  }

  /** PKCS #8 in PEM. A secret: store it readable for its owner only. */
  public String toPem() {
    return Pem.text(Base64.getEncoder().encodeToString(secret.getEncoded()), LABEL);
  }

  public LedgerPublicKey publicKey() {
    return open;
  }

  public SignedCheckpoint sign(Checkpoint checkpoint) {
    byte[] signature = signature(LedgerHasher.checkpoint(checkpoint, open.id()));
    return new SignedCheckpoint(checkpoint, open, Base64.getEncoder().encodeToString(signature));
  }

  private byte[] signature(byte[] bytes) {
    try {
      Signature signing = Signature.getInstance("Ed25519");
      signing.initSign(secret);
      signing.update(bytes);
      return signing.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("Ed25519 refused to sign", e);
    }
  }

  @Override
  public String toString() {
    return "LedgerKey[" + open.id() + "]";
  }
}
