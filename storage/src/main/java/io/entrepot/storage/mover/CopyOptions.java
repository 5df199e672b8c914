// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * How to carry out an order.
 *
 * @param digests computed while the source is read; XXH64 is always among them
 * @param method the proof wanted. A target that cannot give it is read back instead, and {@link
 *     Proof#method} says what was done
 * @param occupied what to do when the final name is taken
 * @param keepModified give the copy the source's time of last change, on a target with {@code
 *     SET_MODIFIED}
 * @param expected what the bytes have to be, where that is known: other bytes are {@code
 *     SOURCE_DIFFERS}, and nothing is kept
 * @param restarts how many times to begin again when the source changed while it was read
 */
public record CopyOptions(
    Set<DigestAlgorithm> digests,
    ProofMethod method,
    Occupied occupied,
    boolean keepModified,
    int restarts,
    @Nullable Digest expected) {

  /** XXH64 and SHA-256, read back past the cache, names refused when taken, no second attempt. */
  public static final CopyOptions STANDARD =
      new CopyOptions(
          EnumSet.of(DigestAlgorithm.XXH64, DigestAlgorithm.SHA256),
          ProofMethod.READ_BACK_PAST_CACHE,
          Occupied.REFUSE,
          true,
          0,
          null);

  public CopyOptions {
    if (restarts < 0) {
      throw new IllegalArgumentException("restarts is not negative");
    }
    EnumSet<DigestAlgorithm> all = EnumSet.of(DigestAlgorithm.XXH64);
    all.addAll(digests);
    if (expected != null) {
      all.add(expected.algorithm());
    }
    digests = Set.copyOf(all);
  }

  public CopyOptions withOccupied(Occupied other) {
    return new CopyOptions(digests, method, other, keepModified, restarts, expected);
  }

  public CopyOptions withMethod(ProofMethod other) {
    return new CopyOptions(digests, other, occupied, keepModified, restarts, expected);
  }

  public CopyOptions withDigests(Set<DigestAlgorithm> other) {
    return new CopyOptions(other, method, occupied, keepModified, restarts, expected);
  }

  public CopyOptions withRestarts(int other) {
    return new CopyOptions(digests, method, occupied, keepModified, other, expected);
  }

  public CopyOptions withExpected(Digest bytes) {
    return new CopyOptions(digests, method, occupied, keepModified, restarts, bytes);
  }

  /** Whether these are the digests of the bytes that have to be. */
  boolean accepts(Map<DigestAlgorithm, Digest> found) {
    return expected == null || expected.equals(found.get(expected.algorithm()));
  }
}
