// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

/**
 * How many there are.
 *
 * @param exact false when it was counted no further than this number, and there are more
 */
public record Count(long number, boolean exact) {

  static Count exact(long number) {
    return new Count(number, true);
  }

  /**
   * @param found how many were found when no more than {@code most} were looked for
   */
  static Count upTo(long most, long found) {
    return found < most ? exact(found) : new Count(most - 1, false);
  }

  Count plus(long others) {
    return new Count(number + others, exact);
  }
}
