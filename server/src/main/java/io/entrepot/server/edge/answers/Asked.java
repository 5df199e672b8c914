// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import io.entrepot.base.Id;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * A request that is to have its effect once.
 *
 * @param name the same for whatever the same account sends to the same place under the same key
 * @param content the same for whatever holds the same
 */
public record Asked(String name, String content) {

  /**
   * @param target method and path
   * @param key of the account's own choice
   */
  public static Asked of(Id account, String target, String key, String query, byte[] body) {
    return new Asked(
        digest(bytes(account.hex()), bytes(target), bytes(key)), digest(bytes(query), body));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  /** Of all parts but the last it is known that they hold no zero byte. */
  private static String digest(byte[]... parts) {
    try {
      MessageDigest digest = MessageDigest.getInstance("SHA-256");
      for (byte[] part : parts) {
        digest.update(part);
        digest.update((byte) 0);
      }
      return HexFormat.of().formatHex(digest.digest());
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }
}
