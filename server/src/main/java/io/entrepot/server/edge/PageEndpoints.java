// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static io.entrepot.server.edge.Access.ADMIN;
import static io.entrepot.server.edge.Access.ADMIN_LOGIN;
import static io.entrepot.server.edge.Access.LOGIN;
import static io.entrepot.server.edge.Access.PUBLIC;
import static io.entrepot.server.edge.Access.SIGNED_IN;

import java.util.ArrayList;
import java.util.List;

/** The pages' part of {@link Endpoints}: a row for each page, and for each form on one. */
final class PageEndpoints {

  private static final String LOOK = "GET";
  private static final String SEND = "POST";
  private static final String FORM = "GET POST";

  private final List<Endpoint> rows = new ArrayList<>();

  private PageEndpoints() {}

  static List<Endpoint> rows() {
    PageEndpoints pages = new PageEndpoints();
    pages.wayIn();
    pages.everybody();
    pages.own();
    pages.harvesting();
    pages.people();
    pages.server();
    return pages.rows;
  }

  private void wayIn() {
    row(PUBLIC, LOOK, "/");
    row(PUBLIC, LOOK, "/ui/assets/**");
    row(PUBLIC, FORM, "/ui/login");
    row(PUBLIC, LOOK, "/ui/login/openid");
    row(PUBLIC, LOOK, "/ui/login/openid/return");
    row(PUBLIC, LOOK, "/ui/login/openid/leave");
    row(PUBLIC, FORM, "/ui/setup/{token}");
    row(PUBLIC, FORM, "/ui/recovery");
    row(PUBLIC, FORM, "/ui/recovery/password");
    row(PUBLIC, FORM, "/ui/recovery/address");
    row(SIGNED_IN, SEND, "/ui/logout");
    row(SIGNED_IN, SEND, "/ui/theme");
  }

  private void everybody() {
    row(SIGNED_IN, LOOK, "/ui");
    row(SIGNED_IN, LOOK, "/ui/");
    row(SIGNED_IN, LOOK, "/ui/files");
    row(SIGNED_IN, LOOK, "/ui/files/{id}");
    row(SIGNED_IN, LOOK, "/ui/files/{id}/versions");
    row(ADMIN, FORM, "/ui/files/{id}/access");
    row(ADMIN, SEND, "/ui/files/{id}/access/{grant_id}/revoke");
    row(SIGNED_IN, LOOK, "/ui/jobs");
    row(SIGNED_IN, LOOK, "/ui/jobs/{id}");
    row(SIGNED_IN, LOOK, "/ui/jobs/{id}/events");
    row(SIGNED_IN, LOOK, "/ui/jobs/{id}/log.txt");
    row(ADMIN, SEND, "/ui/jobs/{id}/cancel");
    row(ADMIN, SEND, "/ui/jobs/{id}/priority");
    row(ADMIN, SEND, "/ui/jobs/{id}/retry");
    row(SIGNED_IN, LOOK, "/ui/notices");
    row(SIGNED_IN, SEND, "/ui/notices/read-all");
    row(SIGNED_IN, SEND, "/ui/notices/{id}/read");
    row(SIGNED_IN, SEND, "/ui/notices/{id}/dismiss");
    row(SIGNED_IN, LOOK, "/ui/instrument-requests");
    row(SIGNED_IN, LOOK, "/ui/instrument-requests/{id}");
    row(ADMIN, SEND, "/ui/instrument-requests/{id}");
  }

  private void own() {
    row(LOGIN, FORM, "/ui/account");
    row(LOGIN, FORM, "/ui/keys");
    row(LOGIN, LOOK, "/ui/keys/new");
    row(LOGIN, FORM, "/ui/keys/{id}");
    row(LOGIN, FORM, "/ui/keys/{id}/revoke");
    row(LOGIN, LOOK, "/ui/sessions");
    row(LOGIN, SEND, "/ui/sessions/end-others");
    row(LOGIN, SEND, "/ui/sessions/{id}/end");
  }

  private void harvesting() {
    restorable("/ui/instruments");
    row(ADMIN, SEND, "/ui/instruments/test");
    row(ADMIN, SEND, "/ui/instruments/test/steps");
    row(ADMIN, SEND, "/ui/instruments/{id}/harvest");
    row(ADMIN, FORM, "/ui/instruments/{id}/access");
    row(ADMIN, SEND, "/ui/instruments/{id}/access/{account}/revoke");
    restorable("/ui/storage");
    row(ADMIN, SEND, "/ui/storage/{id}/test");
    restorable("/ui/accounts");
    restorable("/ui/schedules");
    row(ADMIN, SEND, "/ui/schedules/preview");
    row(ADMIN, SEND, "/ui/schedules/{id}/run");
    row(ADMIN, SEND, "/ui/schedules/{id}/switch");
    restorable("/ui/hooks");
  }

  private void people() {
    restorable(ADMIN_LOGIN, "/ui/people");
    team("/ui/groups");
    team("/ui/projects");
  }

  private void server() {
    String channels = "/ui/notifications/channels";
    row(ADMIN, FORM, channels);
    row(ADMIN, LOOK, channels + "/new");
    row(ADMIN, FORM, channels + "/{id}");
    row(ADMIN, FORM, channels + "/{id}/delete");
    row(ADMIN, SEND, channels + "/{id}/test");
    row(ADMIN, SEND, channels + "/{id}/deliveries/{delivery}/replay");
    row(ADMIN, LOOK, "/ui/audit");
    row(ADMIN, LOOK, "/ui/health");
  }

  private void team(String path) {
    restorable(path);
    row(ADMIN, SEND, path + "/{id}/members");
    row(ADMIN, SEND, path + "/{id}/members/{member}/remove");
  }

  /** A list with its form, the things in it, and the way into the bin and back. */
  private void restorable(String path) {
    restorable(ADMIN, path);
  }

  private void restorable(Access access, String path) {
    row(access, FORM, path);
    row(access, LOOK, path + "/new");
    row(access, FORM, path + "/{id}");
    row(access, FORM, path + "/{id}/delete");
    row(access, SEND, path + "/{id}/restore");
  }

  private void row(Access access, String methods, String path) {
    rows.add(Endpoint.of(access, methods, path));
  }
}
