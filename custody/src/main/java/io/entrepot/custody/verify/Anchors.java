// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.custody.LedgerPublicKey;
import java.util.List;
import java.util.Set;

/**
 * What the reader of the verdict trusts from elsewhere.
 *
 * @param checkpoints copied off before
 * @param keys the only keys whose checkpoints count; when there are none, the keys that the given
 *     checkpoints carry; when there are none of those either, the keys in the ledger itself
 */
public record Anchors(List<CheckpointText> checkpoints, Set<LedgerPublicKey> keys) {

  /** Nothing to hold the ledger against but itself. */
  public static final Anchors NONE = new Anchors(List.of(), Set.of());

  public Anchors {
    checkpoints = List.copyOf(checkpoints);
    keys = Set.copyOf(keys);
  }
}
