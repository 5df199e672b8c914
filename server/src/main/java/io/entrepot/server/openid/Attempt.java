// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * One try to sign in, all of it in one secret that the browser keeps: what the provider is sent is
 * made of it and does not give it away.
 */
record Attempt(String secret) {

  private static final int LENGTH = 32;
  private static final String ALGORITHM = "HmacSHA256";

  static Attempt fresh(SecureRandom random) {
    byte[] bytes = new byte[LENGTH];
    random.nextBytes(bytes);
    return new Attempt(text(bytes));
  }

  /** Comes back with the browser: it is the one that was sent there. */
  String state() {
    return made("state");
  }

  /** Comes back in the token: it was made for this try. */
  String nonce() {
    return made("nonce");
  }

  /** Redeems the code: nobody else can. */
  String verifier() {
    return made("verifier");
  }

  private String made(String purpose) {
    try {
      Mac mac = Mac.getInstance(ALGORITHM);
      mac.init(new SecretKeySpec(secret.getBytes(UTF_8), ALGORITHM));
      return text(mac.doFinal(purpose.getBytes(UTF_8)));
    } catch (GeneralSecurityException e) {
      throw new AssertionError(e);
    }
  }

  private static String text(byte[] bytes) {
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }

  @Override
  public String toString() {
    return "Attempt[****]";
  }
}
