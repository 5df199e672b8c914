// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.LedgerHead;
import java.util.List;
import java.util.Optional;

/**
 * What was found in one stream.
 *
 * @param head how far the chain of blocks is consistent
 * @param pending entries that no block protects yet
 * @param checkpoint the furthest checkpoint that the stream agrees with
 * @param breaches the first bad entry comes first; empty when all is well
 */
public record StreamReport(
    LedgerHead head, long pending, Optional<Checkpoint> checkpoint, List<Breach> breaches) {

  public StreamReport {
    breaches = List.copyOf(breaches);
  }
}
