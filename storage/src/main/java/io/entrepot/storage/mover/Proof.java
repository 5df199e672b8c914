// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * What was found when a copy was compared with its source.
 *
 * @param digests of the bytes read from the source. The comparison itself is by XXH64, or by what
 *     the server computed; the others are recorded
 * @param at when the comparison ended
 */
public record Proof(ProofMethod method, Map<DigestAlgorithm, Digest> digests, Instant at) {

  public Proof {
    digests = Map.copyOf(digests);
    if (!digests.containsKey(DigestAlgorithm.XXH64)) {
      throw new IllegalArgumentException("a proof holds the XXH64");
    }
  }

  /** Empty when the order did not ask for it. */
  public Optional<Digest> digest(DigestAlgorithm algorithm) {
    return Optional.ofNullable(digests.get(algorithm));
  }
}
