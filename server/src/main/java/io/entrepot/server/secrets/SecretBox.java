// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.secrets;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import org.jspecify.annotations.Nullable;

/**
 * Keeps secrets that the house must be able to use again.
 *
 * <p>Sealed text is {@code v1.<key id>.<base64url of nonce and ciphertext>}: AES-256-GCM with the
 * id of the row it belongs to as associated data, so sealed text moved to another row does not open
 * there. Passwords that are only compared are not kept here. The format is written down in {@code
 * docs/formats/secrets.md}.
 */
public final class SecretBox {

  private static final String VERSION = "v1";
  private static final int NONCE_LENGTH = 12;
  private static final int TAG_BITS = 128;

  private final SecretKeys keys;
  private final SecureRandom random;

  public SecretBox(SecretKeys keys, SecureRandom random) {
    this.keys = keys;
    this.random = random;
  }

  /** Seals with the newest key. */
  public String seal(Id row, String secret) {
    SecretKeys.Named key = keys.newest();
    byte[] nonce = new byte[NONCE_LENGTH];
    random.nextBytes(nonce);
    byte[] sealed =
        run(Cipher.ENCRYPT_MODE, key, nonce, row, secret.getBytes(StandardCharsets.UTF_8));
    byte[] all = ByteBuffer.allocate(nonce.length + sealed.length).put(nonce).put(sealed).array();
    return VERSION
        + "."
        + key.id()
        + "."
        + Base64.getUrlEncoder().withoutPadding().encodeToString(all);
  }

  /**
   * The secret that was sealed for this row.
   *
   * @throws EntrepotException {@code INTERNAL_ERROR} when the key is missing or the text was
   *     changed or belongs to another row
   */
  public String open(Id row, String sealed) {
    String[] parts = sealed.split("\\.", -1);
    if (parts.length != 3 || !parts[0].equals(VERSION)) {
      throw unreadable(row, null);
    }
    byte[] all = decoded(row, parts[2]);
    byte[] nonce = Arrays.copyOf(all, NONCE_LENGTH);
    byte[] text = Arrays.copyOfRange(all, NONCE_LENGTH, all.length);
    SecretKeys.Named key = keys.byId(parts[1]).orElseThrow(() -> unreadable(row, null));
    return new String(run(Cipher.DECRYPT_MODE, key, nonce, row, text), StandardCharsets.UTF_8);
  }

  private static byte[] decoded(Id row, String text) {
    try {
      byte[] all = Base64.getUrlDecoder().decode(text);
      if (all.length < NONCE_LENGTH + TAG_BITS / Byte.SIZE) {
        throw unreadable(row, null);
      }
      return all;
    } catch (IllegalArgumentException e) {
      throw unreadable(row, e);
    }
  }

  private static byte[] run(int mode, SecretKeys.Named key, byte[] nonce, Id row, byte[] text) {
    try {
      Cipher cipher = Cipher.getInstance("AES/GCM/NoPadding");
      cipher.init(mode, key.key(), new GCMParameterSpec(TAG_BITS, nonce));
      cipher.updateAAD(row.hex().getBytes(StandardCharsets.US_ASCII));
      return cipher.doFinal(text);
    } catch (GeneralSecurityException e) {
      throw unreadable(row, e);
    }
  }

  private static EntrepotException unreadable(Id row, @Nullable Exception cause) {
    return new EntrepotException(
        ErrorCode.INTERNAL_ERROR,
        "The secret of "
            + row
            + " cannot be opened with the keys in keys/secrets.key. Put the right key file back, or"
            + " enter the secret again.",
        cause);
  }
}
