// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.secrets;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.settings.DurableFile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import javax.crypto.spec.SecretKeySpec;

/**
 * The keys that secrets are sealed with: one line each in a file only the server may read, newest
 * first, as {@code <8 hex digits> <base64 of 32 bytes>}. Older keys stay until all that they sealed
 * was sealed again.
 */
public final class SecretKeys {

  private static final int KEY_LENGTH = 32;
  private static final int ID_LENGTH = 4;

  private final Path file;
  private final SecureRandom random;
  private volatile List<Named> keys;

  private SecretKeys(Path file, SecureRandom random, List<Named> keys) {
    this.file = file;
    this.random = random;
    this.keys = keys;
  }

  record Named(String id, SecretKeySpec key) {}

  /** Reads the file, or makes it with one new key when it is not there. */
  public static SecretKeys open(Path file, SecureRandom random) {
    try {
      if (!Files.exists(file)) {
        SecretKeys fresh = new SecretKeys(file, random, List.of());
        fresh.addKey();
        return fresh;
      }
      List<Named> keys = Files.readAllLines(file).stream().map(SecretKeys::parse).toList();
      if (keys.isEmpty()) {
        throw new IllegalArgumentException("it holds no key");
      }
      return new SecretKeys(file, random, keys);
    } catch (IOException | IllegalArgumentException e) {
      throw new EntrepotException(
          ErrorCode.INTERNAL_ERROR,
          "The key file " + file + " cannot be used: " + e.getMessage() + ". Put a good copy back.",
          e);
    }
  }

  /** Puts a new key in front; what is sealed from now on uses it. */
  public synchronized void addKey() throws IOException {
    byte[] id = new byte[ID_LENGTH];
    byte[] key = new byte[KEY_LENGTH];
    random.nextBytes(id);
    random.nextBytes(key);
    List<Named> next = new ArrayList<>(keys);
    next.addFirst(new Named(HexFormat.of().formatHex(id), new SecretKeySpec(key, "AES")));
    write(next);
    keys = List.copyOf(next);
  }

  private void write(List<Named> next) throws IOException {
    String text =
        next.stream()
            .map(
                k -> k.id() + " " + Base64.getEncoder().encodeToString(k.key().getEncoded()) + "\n")
            .collect(Collectors.joining());
    DurableFile.writeSecret(file, text);
  }

  private static Named parse(String line) {
    String[] parts = line.split(" ", -1);
    byte[] key = parts.length == 2 ? Base64.getDecoder().decode(parts[1]) : new byte[0];
    if (key.length != KEY_LENGTH) {
      throw new IllegalArgumentException("a line is not \"<id> <base64 of 32 bytes>\"");
    }
    return new Named(parts[0], new SecretKeySpec(key, "AES"));
  }

  Named newest() {
    return keys.getFirst();
  }

  Optional<Named> byId(String id) {
    return keys.stream().filter(key -> key.id().equals(id)).findFirst();
  }
}
