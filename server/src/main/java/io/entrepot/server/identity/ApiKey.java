// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * A long-lived credential for programs.
 *
 * @param prefix its first characters, by which its owner knows it again
 * @param expiresAt when it stops working by itself; null for never
 */
public record ApiKey(
    Id id,
    Id account,
    String name,
    String prefix,
    Scope scope,
    Instant createdAt,
    @Nullable Instant expiresAt) {

  /** What it may be used for. */
  public enum Scope {
    /** Looking only. */
    READ,
    /** All that its owner may do. */
    WRITE
  }

  /**
   * A key just made.
   *
   * @param token shown this once
   */
  public record Made(ApiKey key, String token) {
    @Override
    public String toString() {
      return "Made[key=" + key + ", token=****]";
    }
  }
}
