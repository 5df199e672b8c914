// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.InvalidFieldsException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What is to be different about an account; null leaves a thing as it is.
 *
 * @param onlyTakesAdministration whether the role is for administrators alone, and whoever is none
 *     keeps the role that he has
 */
public record AccountChange(
    @Nullable String email,
    @Nullable String password,
    @Nullable Role role,
    @Nullable Boolean active,
    @Nullable Boolean verified,
    boolean onlyTakesAdministration) {

  public AccountChange(
      @Nullable String email,
      @Nullable String password,
      @Nullable Role role,
      @Nullable Boolean active,
      @Nullable Boolean verified) {
    this(email, password, role, active, verified, false);
  }

  /**
   * @throws InvalidFieldsException when the address is none
   */
  public AccountChange {
    email = email == null ? null : EmailAddress.checked(email.strip());
  }

  /** What people may change about themselves. */
  public static AccountChange ofOneself(@Nullable String email, @Nullable String password) {
    return new AccountChange(email, password, null, null, null);
  }

  @Override
  public String toString() {
    return "AccountChange[email=" + email + ", role=" + role + ", active=" + active + "]";
  }

  boolean mayEndAdministrator() {
    return role != null && role != Role.ADMIN || active != null && !active;
  }

  private boolean keepsRole(Account old) {
    return onlyTakesAdministration && old.role() != Role.ADMIN;
  }

  Account applied(Account old, Instant now) {
    boolean moved = email != null && !email.equals(old.email());
    return new Account(
        old.id(),
        email == null ? old.email() : email,
        role == null || keepsRole(old) ? old.role() : role,
        active == null ? old.active() : active,
        verified == null ? old.verified() && !moved : verified,
        old.createdAt(),
        now,
        old.deletedAt());
  }
}
