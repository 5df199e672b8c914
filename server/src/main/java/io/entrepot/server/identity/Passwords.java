// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.text.Normalizer;
import java.util.Base64;
import java.util.Objects;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.security.crypto.argon2.Argon2PasswordEncoder;

/**
 * Makes and checks password hashes (Argon2id).
 *
 * <p>Each hash is meant to be slow and large, so only as many are worked on at once as there are
 * processors; others wait their turn, and are refused as {@code OVERLOADED} when it does not come.
 */
final class Passwords {

  private static final int LANES = 1;
  private static final int SALT_LENGTH = 16;
  private static final int HASH_LENGTH = 32;
  private static final int WAIT_SECONDS = 10;
  private static final int LEAST = 8;
  private static final int MOST = 1024;

  private final Argon2PasswordEncoder encoder;

  /** A hash in form only: checking against it takes as long as any and never succeeds. */
  private final String nobodys;

  private final Semaphore turns = new Semaphore(Runtime.getRuntime().availableProcessors(), true);

  Passwords(PasswordWork work) {
    encoder =
        new Argon2PasswordEncoder(SALT_LENGTH, HASH_LENGTH, LANES, work.memoryKib(), work.passes());
    nobodys =
        "$argon2id$v=19$m=%d,t=%d,p=%d$%s$%s"
            .formatted(
                work.memoryKib(), work.passes(), LANES, base64(SALT_LENGTH), base64(HASH_LENGTH));
  }

  private static String base64(int length) {
    return Base64.getEncoder().withoutPadding().encodeToString(new byte[length]);
  }

  /**
   * @throws WeakPasswordException when it is shorter than 8 characters or longer than 1024
   */
  static void check(String password) {
    int length = password.codePointCount(0, password.length());
    if (length < LEAST) {
      throw new WeakPasswordException("Password should be at least 8 characters");
    }
    if (length > MOST) {
      throw new WeakPasswordException("Password should be at most 1024 characters");
    }
  }

  String hash(String password) {
    return inTurn(() -> Objects.requireNonNull(encoder.encode(composed(password))));
  }

  /**
   * Whether the password is the one the hash was made from. The same work is done for no hash.
   *
   * @param hash null for an account that does not exist or has no password
   */
  boolean matches(String password, @Nullable String hash) {
    boolean same = inTurn(() -> encoder.matches(composed(password), hash == null ? nobodys : hash));
    return same && hash != null;
  }

  /** Whether the hash was made with less work than is now usual. */
  boolean isOutdated(String hash) {
    return encoder.upgradeEncoding(hash);
  }

  private static String composed(String password) {
    return Normalizer.normalize(password, Normalizer.Form.NFC);
  }

  private <T> T inTurn(Supplier<T> work) {
    try {
      if (!turns.tryAcquire(WAIT_SECONDS, TimeUnit.SECONDS)) {
        throw overloaded(null);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw overloaded(e);
    }
    try {
      return work.get();
    } finally {
      turns.release();
    }
  }

  private static EntrepotException overloaded(@Nullable Throwable cause) {
    return new EntrepotException(
        ErrorCode.OVERLOADED, "Too many people are signing in at once. Try again shortly.", cause);
  }
}
