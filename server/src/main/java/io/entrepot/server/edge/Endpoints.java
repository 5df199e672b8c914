// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static io.entrepot.server.edge.Access.ADMIN;
import static io.entrepot.server.edge.Access.ADMIN_LOGIN;
import static io.entrepot.server.edge.Access.LOGIN;
import static io.entrepot.server.edge.Access.MONITOR;
import static io.entrepot.server.edge.Access.PUBLIC;
import static io.entrepot.server.edge.Access.SIGNED_IN;
import static io.entrepot.server.edge.Access.SIGNED_IN_OR_LOCAL;
import static io.entrepot.server.edge.Access.SUPERUSER;
import static io.entrepot.server.edge.Access.SUPERUSER_LOGIN;

import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import org.springframework.http.server.PathContainer;

/**
 * Who may call what: every endpoint of the server, in one table.
 *
 * <p>What is not in it does not exist for a caller, whatever controllers there may be. The first
 * row that covers the path and serves the method decides, so narrow rows stand before wide ones.
 */
public final class Endpoints {

  private static final List<Endpoint> ROWS = new Rows().all();

  private Endpoints() {}

  /** The whole table, in the order in which it is read. */
  public static List<Endpoint> all() {
    return ROWS;
  }

  /**
   * The row for this request.
   *
   * @param rawPath as sent, escapes not decoded
   */
  public static Optional<Endpoint> find(String method, String rawPath) {
    return covering(rawPath).stream().filter(row -> row.serves(method)).findFirst();
  }

  /** As {@link #find}, of this request. */
  static Optional<Endpoint> find(HttpServletRequest request) {
    return covering(request).stream().filter(row -> row.serves(request.getMethod())).findFirst();
  }

  /** The rows for the path of this request; none where the family it belongs to has none yet. */
  static List<Endpoint> covering(HttpServletRequest request) {
    List<Endpoint> rows = covering(request.getRequestURI());
    // What is served on the shared path so far is harvest's.
    boolean unserved =
        Family.ofPath(request.getRequestURI()) == Family.SCHEDULES
            && Family.of(request) == Family.BACKUP;
    return unserved ? List.of() : rows;
  }

  static List<Endpoint> covering(String rawPath) {
    PathContainer path;
    try {
      path = PathContainer.parsePath(rawPath);
    } catch (IllegalArgumentException _) {
      return List.of();
    }
    return ROWS.stream().filter(row -> row.covers(path)).toList();
  }

  /** The value of the Allow header for a path; empty where there is no such path. */
  static String allowed(List<Endpoint> covering) {
    return allowed(covering.stream().flatMap(row -> row.methods().stream()).toArray(String[]::new));
  }

  static String allowed(String... served) {
    TreeSet<String> methods = new TreeSet<>(List.of(served));
    if (methods.contains("GET")) {
      methods.add("HEAD");
    }
    return String.join(", ", methods);
  }

  private static final class Rows {
    private static final String READ = "GET";
    private static final String CREATE = "POST";
    private static final String COLLECTION = "GET POST";
    private static final String ITEM = "GET PATCH DELETE";

    private final List<Endpoint> rows = new ArrayList<>();

    List<Endpoint> all() {
      site();
      signIn();
      keys();
      audit();
      users();
      configuration();
      files();
      people();
      notificationConfigs();
      rows.addAll(PageEndpoints.rows());
      return List.copyOf(rows);
    }

    private void site() {
      row(PUBLIC, READ, "/health");
      row(PUBLIC, READ, "/health/ready");
      row(PUBLIC, READ, "/health/events");
      row(MONITOR, READ, "/metrics");
      row(PUBLIC, READ, "/livez");
      row(PUBLIC, READ, "/readyz");
      row(PUBLIC, READ, "/healthz");
      row(PUBLIC, READ, "/docs");
      row(PUBLIC, READ, "/docs/assets/**");
      row(PUBLIC, READ, "/swagger");
      row(PUBLIC, READ, "/redoc");
      row(PUBLIC, READ, "/openapi.json");
      row(PUBLIC, READ, "/webjars/**");
    }

    private void signIn() {
      row(PUBLIC, CREATE, "/auth/register");
      row(PUBLIC, CREATE, "/auth/jwt/login");
      row(LOGIN, CREATE, "/auth/jwt/logout");
      row(PUBLIC, CREATE, "/auth/cookie/login");
      row(LOGIN, CREATE, "/auth/cookie/logout");
      row(PUBLIC, CREATE, "/auth/forgot-password");
      row(PUBLIC, CREATE, "/auth/reset-password");
      row(PUBLIC, CREATE, "/auth/request-verify-token");
      row(PUBLIC, CREATE, "/auth/verify");
      row(ADMIN, READ, "/api/auth/check-admin");
      row(PUBLIC, CREATE, "/api/auth/login");
      row(LOGIN, CREATE, "/api/auth/logout");
      row(SIGNED_IN, READ, "/api/auth/me");
      row(LOGIN, READ, "/api/auth/sessions");
      row(LOGIN, CREATE, "/api/auth/sessions/end-others");
      row(LOGIN, "DELETE", "/api/auth/sessions/{id}");
    }

    private void keys() {
      row(SIGNED_IN, READ, "/api/keys");
      row(LOGIN, CREATE, "/api/keys");
      row(SIGNED_IN, READ, "/api/keys/{id}");
      row(LOGIN, "PATCH DELETE", "/api/keys/{id}");
      row(PUBLIC, "PUT", "/api/v1/auth/local/session");
      row(SIGNED_IN, "GET DELETE", "/api/v1/auth/local/session");
      row(SIGNED_IN_OR_LOCAL, READ, "/api/v1/auth/local/api-tokens");
      row(LOGIN, CREATE, "/api/v1/auth/local/api-tokens");
      row(SIGNED_IN, "DELETE", "/api/v1/auth/local/api-tokens/{uid}");
      row(SIGNED_IN_OR_LOCAL, READ, "/api/v1/auth/local/api-tokens/{uid}/check");
      row(SIGNED_IN, READ, "/api/me/api-keys");
      row(LOGIN, CREATE, "/api/me/api-keys");
      row(LOGIN, "DELETE", "/api/me/api-keys/{id}");
    }

    private void audit() {
      row(ADMIN, READ, "/api/audit");
      row(ADMIN, READ, "/api/audit/export");
    }

    private void users() {
      row(SIGNED_IN, READ, "/users/me");
      row(LOGIN, "PATCH", "/users/me");
      row(SUPERUSER, READ, "/users/{id}");
      row(SUPERUSER_LOGIN, "PATCH DELETE", "/users/{id}");
      row(SIGNED_IN, READ, "/api/me");
      row(SIGNED_IN, READ, "/api/me/instruments");
      row(ADMIN, READ, "/api/admin/users");
      row(ADMIN_LOGIN, "DELETE", "/api/admin/users/{id}");
      row(ADMIN_LOGIN, CREATE, "/api/admin/users/{id}/restore");
      row(ADMIN, READ, "/api/admin/users/{id}/groups");
      row(ADMIN, READ, "/api/admin/users/{id}/projects");
      row(ADMIN, READ, "/api/admin/audit-logs");
    }

    private void configuration() {
      restorable("/api/instruments");
      row(ADMIN, CREATE, "/api/instruments/{id}/harvest");
      acting(ADMIN, READ, "/api/instruments/{id}/test");
      row(ADMIN, COLLECTION, "/api/instruments/{id}/access");
      row(ADMIN, "DELETE", "/api/instruments/{id}/access");
      row(ADMIN, "DELETE", "/api/instruments/{id}/access/{user_id}");
      restorable("/api/storage-locations");
      acting(ADMIN, READ, "/api/storage-locations/{id}/test");
      restorable("/api/service-accounts");
      acting(ADMIN, READ, "/api/service-accounts/{id}/password");
      restorable("/api/schedules");
      row(ADMIN, CREATE, "/api/schedules/{id}/trigger");
      row(ADMIN, READ, "/api/hooks/builtins");
      restorable("/api/hooks");
      row(ADMIN, CREATE, "/api/hooks/{id}/test");
      row(ADMIN, READ, "/prefect/api/flow_runs/{id}");
    }

    private void files() {
      row(SIGNED_IN, READ, "/api/files");
      row(SIGNED_IN, READ, "/api/files/{id}");
      row(SIGNED_IN, READ, "/api/files/{id}/content");
      row(SIGNED_IN, READ, "/api/files/{id}/versions");
      row(SIGNED_IN, READ, "/api/files/{id}/versions/{number}/content");
      row(SIGNED_IN, READ, "/api/files/{id}/custody");
      row(ADMIN, CREATE, "/api/files/{id}/retry");
      row(ADMIN, COLLECTION, "/api/files/{id}/access");
      row(ADMIN, "DELETE", "/api/files/{id}/access/{grant_id}");
      row(SIGNED_IN, READ, "/api/transfers");
      row(SIGNED_IN, READ, "/api/transfers/{id}");
      row(SIGNED_IN, READ, "/api/runs");
      row(SIGNED_IN, READ, "/api/runs/{id}");
      row(ADMIN, "PATCH", "/api/runs/{id}");
      row(SIGNED_IN, READ, "/api/runs/{id}/events");
      row(SIGNED_IN, READ, "/api/runs/{id}/log");
      row(ADMIN, CREATE, "/api/runs/{id}/cancel");
      row(ADMIN, CREATE, "/api/runs/{id}/retry");
      row(SIGNED_IN, READ, "/ark:/{naan}/{name}");
      row(SIGNED_IN, READ, "/ark:{naan}/{name}");
    }

    private void people() {
      restorable("/api/groups");
      row(ADMIN, COLLECTION, "/api/groups/{id}/members");
      row(ADMIN, "DELETE", "/api/groups/{id}/members/{user_id}");
      restorable("/api/projects");
      row(ADMIN, COLLECTION, "/api/projects/{id}/members");
      row(ADMIN, "DELETE", "/api/projects/{id}/members/{member_id}");
      row(SIGNED_IN, COLLECTION, "/api/instrument-requests");
      row(SIGNED_IN, READ, "/api/instrument-requests/{id}");
      row(ADMIN, "PATCH", "/api/instrument-requests/{id}");
      row(SIGNED_IN, READ, "/api/notifications");
      row(SIGNED_IN, READ, "/api/notifications/unread-count");
      row(SIGNED_IN, CREATE, "/api/notifications/read-all");
      row(SIGNED_IN, CREATE, "/api/notifications/{id}/read");
      row(SIGNED_IN, CREATE, "/api/notifications/{id}/dismiss");
    }

    private void notificationConfigs() {
      row(ADMIN, COLLECTION, "/api/notification-configs");
      row(ADMIN, READ, "/api/notification-configs/providers");
      row(ADMIN, "GET PUT DELETE", "/api/notification-configs/{id}");
      row(ADMIN, CREATE, "/api/notification-configs/{id}/test");
      row(ADMIN, CREATE, "/api/notification-configs/{id}/enable");
      row(ADMIN, CREATE, "/api/notification-configs/{id}/disable");
      row(ADMIN, READ, "/api/notification-configs/{id}/deliveries");
      row(ADMIN, CREATE, "/api/notification-configs/{id}/deliveries/{delivery_id}/replay");
    }

    /** A list, its items, and the way back from a soft deletion. */
    private void restorable(String path) {
      row(ADMIN, COLLECTION, path);
      row(ADMIN, ITEM, path + "/{id}");
      row(ADMIN, CREATE, path + "/{id}/restore");
    }

    /**
     * Does something, although it is asked for by GET: signs in elsewhere, writes a probe, gives a
     * secret away.
     */
    private void acting(Access access, String methods, String path) {
      rows.add(Endpoint.of(access, methods, path).acting());
    }

    private void row(Access access, String methods, String path) {
      rows.add(Endpoint.of(access, methods, path));
    }
  }
}
