// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/**
 * Somebody with something to show, or nothing.
 *
 * @param headers what is sent with each call
 * @param again the same kind of credential, made anew where the first one was ended
 * @param power what it is good for; empty for nobody at all
 * @param knownAt the only families it is good at; empty for all
 */
record Caller(
    String name,
    Map<String, String> headers,
    Supplier<Map<String, String>> again,
    Optional<Power> power,
    Set<Family> knownAt) {

  /**
   * What a good credential may be used for.
   *
   * @param admin whether for what administrators do
   * @param login whether somebody signed in with a password for it
   * @param writes whether for more than reading
   * @param doors the families it opens; empty for all
   */
  record Power(boolean admin, boolean login, boolean writes, Set<Family> doors) {

    private boolean opens(Family family) {
      return switch (family) {
        case SITE, NONE -> true;
        case SCHEDULES -> doors.isEmpty() || doors.contains(Family.HARVEST);
        case HARVEST, BACKUP, SYNC, WORKSPACES, SESSION, QUERY, DAV, PAGES ->
            doors.isEmpty() || doors.contains(family);
      };
    }

    private boolean does(Access access) {
      return switch (access) {
        case PUBLIC, SIGNED_IN, SIGNED_IN_OR_LOCAL -> true;
        case LOGIN -> login;
        case ADMIN, SUPERUSER, MONITOR -> admin;
        case ADMIN_LOGIN, SUPERUSER_LOGIN -> admin && login;
      };
    }
  }

  /** How a call ends before anybody looks at what it asks for. */
  enum Gate {
    OPEN,
    WHO_ARE_YOU,
    NOT_YOU,
    NOT_THERE
  }

  Gate gate(Declared.Endpoint endpoint, String method) {
    if (endpoint.access() == Access.MONITOR && !headers.containsKey("Via")) {
      return Gate.OPEN;
    }
    Family family = endpoint.family();
    boolean known = power.isPresent() && (knownAt.isEmpty() || knownAt.contains(family));
    if (!known) {
      return endpoint.access() == Access.PUBLIC ? Gate.OPEN : Gate.WHO_ARE_YOU;
    }
    if (family == Family.SCHEDULES && meansBackup()) {
      return Gate.NOT_THERE;
    }
    Power may = power.get();
    boolean changes = endpoint.acts() || !Set.of("GET", "HEAD").contains(method);
    return may.opens(family) && (may.writes() || !changes) && may.does(endpoint.access())
        ? Gate.OPEN
        : Gate.NOT_YOU;
  }

  /** Of the credentials that tell whose a schedule is, one that says: not harvest's. */
  private boolean meansBackup() {
    String shown = headers.getOrDefault("Authorization", "");
    return shown.startsWith("Bearer ") && shown.indexOf('.') < 0
        || headers.getOrDefault("Cookie", "").startsWith("auth_token=");
  }
}
