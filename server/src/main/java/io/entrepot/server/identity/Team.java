// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.identity;

import io.entrepot.base.Id;
import java.time.Instant;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * People who are given access together.
 *
 * @param name unique without regard to case among the live ones of its kind
 * @param deletedAt when it was deleted; null for one that was not
 */
public record Team(
    Id id,
    Kind kind,
    String name,
    @Nullable String description,
    Instant createdAt,
    Instant updatedAt,
    @Nullable Instant deletedAt) {

  /** What somebody wants a team to be called, and how described. */
  public record Naming(String name, @Nullable String description) {}

  /** What sort of team it is. */
  public enum Kind {
    /** Of accounts. */
    GROUP("Group"),
    /** Of accounts and groups. */
    PROJECT("Project");

    private final String title;

    Kind(String title) {
      this.title = title;
    }

    /** As a person would say it, at the beginning of a sentence. */
    public String title() {
      return title;
    }

    /** Its name in lower case. */
    public String word() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * Somebody in a team.
   *
   * @param member an account's id, or a group's
   */
  public record Membership(Id id, Id team, MemberType memberType, Id member, Instant createdAt) {}

  /** What can be in a team. */
  public enum MemberType {
    USER,
    GROUP
  }
}
