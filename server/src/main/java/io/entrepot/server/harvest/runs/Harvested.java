// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import org.jspecify.annotations.Nullable;

/**
 * What a run came to.
 *
 * @param files how many it found, known ones too
 * @param transferred how many it brought in
 * @param failed how many it was to bring in and did not; those that only changed while they were
 *     read are none of them
 * @param fresh how many of those had not failed before
 * @param reason what stood in the way of most of them, as sentences; null when none failed
 */
public record Harvested(
    long files, long transferred, long failed, long fresh, @Nullable String reason) {

  /** Whether it was to bring something in and brought nothing. */
  boolean inVain() {
    return failed > 0 && transferred == 0;
  }
}
