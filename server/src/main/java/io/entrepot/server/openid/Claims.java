// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.openid;

import io.entrepot.server.identity.Role;
import io.entrepot.server.settings.OpenIdSettings;
import io.entrepot.server.settings.OpenIdSettings.GroupSettings;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What a provider says of somebody.
 *
 * @param email null when it says none
 * @param groups null when it says nothing of groups
 */
record Claims(@Nullable String email, boolean emailVerified, @Nullable Set<String> groups) {

  /**
   * @param groupClaim the name of the claim, or the names of parts that lie in one another
   */
  static Claims of(Map<String, Object> said, String groupClaim) {
    return new Claims(
        said.get("email") instanceof String email ? email.strip() : null,
        // Some providers say it in words.
        "true".equals(String.valueOf(said.get("email_verified"))),
        groups(said.containsKey(groupClaim) ? said.get(groupClaim) : inside(said, groupClaim)));
  }

  private static @Nullable Set<String> groups(@Nullable Object found) {
    return switch (found) {
      case Collection<?> many ->
          many.stream().filter(Objects::nonNull).map(Object::toString).collect(Collectors.toSet());
      case String one -> Set.of(one);
      case null, default -> null;
    };
  }

  private static @Nullable Object inside(Map<String, Object> said, String name) {
    @Nullable Object found = said;
    for (String part : name.split("\\.")) {
      found = found instanceof Map<?, ?> map ? map.get(part) : null;
    }
    return found;
  }

  /** Whether all is said that decides about somebody. */
  boolean isWhole() {
    return email != null && groups != null;
  }

  /** The other one is asked for what this one does not say. */
  Claims or(Claims other) {
    boolean mine = email != null;
    return new Claims(
        mine ? email : other.email,
        mine ? emailVerified : other.emailVerified,
        groups != null ? groups : other.groups);
  }

  /** The highest role that the groups have; null for none. */
  @Nullable Role role(GroupSettings roles) {
    if (holds(roles.admin())) {
      return Role.ADMIN;
    }
    if (holds(roles.employee())) {
      return Role.EMPLOYEE;
    }
    return holds(roles.standard()) ? Role.STANDARD : null;
  }

  private boolean holds(List<String> wanted) {
    return wanted.contains(OpenIdSettings.ANYBODY)
        || groups != null && wanted.stream().anyMatch(groups::contains);
  }
}
