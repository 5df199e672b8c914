// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.settings.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HashSet;
import java.util.Set;

/** The key that JSON web tokens are signed with: 32 bytes in base64, in a file of its own. */
final class TokenKey {

  private static final int LENGTH = 32;

  /** Of 32 random bytes about 30 are. */
  private static final int LEAST_DIFFERENT = 16;

  private TokenKey() {}

  /** Reads the file, or makes it, readable by the server only, when it is not there. */
  static byte[] open(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        DurableFile.writeSecret(file, Base64.getEncoder().encodeToString(fresh(random)) + "\n");
      }
      byte[] key = Base64.getDecoder().decode(Files.readString(file).strip());
      if (key.length < LENGTH) {
        throw new IllegalArgumentException("it holds fewer than 32 bytes");
      }
      if (isExample(key)) {
        throw new IllegalArgumentException("it holds what somebody wrote, and not random bytes");
      }
      return key;
    } catch (IOException | IllegalArgumentException e) {
      throw new EntrepotException(
          ErrorCode.INTERNAL_ERROR,
          "The key file "
              + file
              + " cannot be used: "
              + e.getMessage()
              + ". Delete it to sign everybody out and start with a new one.",
          e);
    }
  }

  /** Text, or few bytes again and again. Chance makes neither in the lifetime of the universe. */
  private static boolean isExample(byte[] key) {
    Set<Byte> different = new HashSet<>();
    boolean text = true;
    for (byte one : key) {
      different.add(one);
      text &= one >= ' ' && one <= '~';
    }
    return text || different.size() < LEAST_DIFFERENT;
  }

  private static byte[] fresh(SecureRandom random) {
    byte[] key = new byte[LENGTH];
    random.nextBytes(key);
    return key;
  }
}
