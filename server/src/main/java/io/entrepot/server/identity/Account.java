// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Somebody who can sign in, or could.
 *
 * @param email unique without regard to case, also among deleted accounts
 * @param active false while an administrator keeps it from signing in
 * @param verified whether the address is known to be theirs
 * @param deletedAt when it was deleted; null for one that was not
 */
public record Account(
    Id id,
    String email,
    Role role,
    boolean active,
    boolean verified,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** Whether its credentials count. */
  public boolean isUsable() {
    return active && deletedAt == null;
  }

  public Actor actor() {
    return new Actor(id, email, role);
  }
}
