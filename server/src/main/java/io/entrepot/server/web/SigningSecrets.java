// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import java.security.SecureRandom;
import java.util.Base64;
import org.springframework.stereotype.Component;

/** Makes secrets that calls are signed with, for whoever brings none. */
@Component
final class SigningSecrets {

  private static final int BYTES = 32;

  private final SecureRandom random;

  SigningSecrets(SecureRandom random) {
    this.random = random;
  }

  String fresh() {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    return "whsec_" + Base64.getEncoder().encodeToString(bytes);
  }
}
