// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.CidrBlock;
import io.entrepot.base.Id;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A long-lived credential for programs.
 *
 * @param prefix its first characters, by which its owner knows it again
 * @param lastUse null while it was never used
 */
public record ApiKey(
    Id id,
    Owner owner,
    String name,
    String prefix,
    Limits limits,
    Instant createdAt,
    @Nullable Use lastUse) {

  /** What it may be used for. */
  public enum Scope {
    /** Looking only. */
    READ,
    /** All that its owner may do, but for what only administrators may. */
    OPERATE,
    /** All that its owner may do, but for what takes a login. */
    ADMIN;

    /** As it is written in requests, answers and tables. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }

    /** The role that such a key acts with: never above the one its owner has now. */
    Role within(Role owner) {
      return this == OPERATE && owner == Role.ADMIN ? Role.EMPLOYEE : owner;
    }
  }

  /** Whose it is. */
  public record Owner(Id account, String email) {}

  /**
   * What it is good for, where, and how long.
   *
   * @param doors the only ones it opens; empty for every door
   * @param expiresAt when it stops working by itself; null for never
   * @param networks the only ones it is good in; empty for everywhere
   */
  public record Limits(
      Scope scope, Set<Door> doors, @Nullable Instant expiresAt, List<CidrBlock> networks) {

    /** How many networks one key can name. */
    public static final int MOST_NETWORKS = 50;

    public Limits {
      doors = doors.isEmpty() ? Set.of() : Collections.unmodifiableSet(EnumSet.copyOf(doors));
      networks = networks.stream().distinct().toList();
    }

    /** Good everywhere. */
    public Limits(Scope scope, Set<Door> doors, @Nullable Instant expiresAt) {
      this(scope, doors, expiresAt, List.of());
    }

    /** Whether it still works at this time. */
    public boolean isOver(Instant now) {
      return expiresAt != null && !expiresAt.isAfter(now);
    }
  }

  /**
   * When it was used last, to the minute, and from where.
   *
   * @param address of the connection
   */
  public record Use(Instant at, String address) {}

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
