// SPDX-License-Identifier: Apache-2.0
package io.entrepot.custody.verify;

import java.util.List;
import java.util.stream.Stream;

/**
 * What was found in a ledger.
 *
 * @param streams by name
 * @param refused checkpoints that do not count
 */
public record LedgerReport(List<StreamReport> streams, List<Breach> refused) {

  public LedgerReport {
    streams = List.copyOf(streams);
    refused = List.copyOf(refused);
  }

  /** Whether everything that was checked is what was sealed. */
  public boolean intact() {
    return breaches().isEmpty();
  }

  /** All of them; within a stream the first bad entry comes first, refused checkpoints last. */
  public List<Breach> breaches() {
    return Stream.concat(streams.stream().flatMap(s -> s.breaches().stream()), refused.stream())
        .toList();
  }
}
