// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import java.util.List;

/**
 * Whether the files have the copies they should have. No number is counted beyond 10,001.
 *
 * @param unproved files without a proved copy of their newest version; one that was skipped should
 *     have none
 * @param damaged newest attempts of a file in a storage location that ended with a copy that is
 *     wrong, or lost, and copies found damaged since they were proved
 * @param worst some of the damaged, the newest first
 * @param givenUp other newest attempts that failed and are not made again by themselves
 * @param lastGivenUp some of those, the newest first
 */
public record Proofs(
    long unproved, long damaged, List<Transfer> worst, long givenUp, List<Transfer> lastGivenUp) {

  public Proofs {
    worst = List.copyOf(worst);
    lastGivenUp = List.copyOf(lastGivenUp);
  }
}
