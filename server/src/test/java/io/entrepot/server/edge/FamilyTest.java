// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FamilyTest {

  @ParameterizedTest
  @CsvSource({
    "/auth/jwt/login, HARVEST",
    "/users/me, HARVEST",
    "/prefect/api/flow_runs/x, HARVEST",
    "/prefect/other, NONE",
    "/ark:/99999/fk4x, HARVEST",
    "/ark:99999/fk4x, HARVEST",
    "/api/instruments, HARVEST",
    "/api/never-heard-of, HARVEST",
    "/api/auth/check-admin, HARVEST",
    "/api/auth/login, BACKUP",
    "/api/auth/me, BACKUP",
    "/api/auth/sessions/x, BACKUP",
    "/api/repositories/1, BACKUP",
    "/api/keys, BACKUP",
    "/api/schedules, SCHEDULES",
    "/api/schedules/, SCHEDULES",
    "/api/v1/sync/sources, SYNC",
    "/api/v1/auth/local/x, SYNC",
    "/api/v1/auth/other, WORKSPACES",
    "/api/v1/workspaces/a/b, WORKSPACES",
    "/api/v1/anything, WORKSPACES",
    "/uploads/token, WORKSPACES",
    "/api/v1/find, QUERY",
    "/api/v1/entities/x, QUERY",
    "/api/v1.0/event, SESSION",
    "/api/v3/event, SESSION",
    "/dav/x, DAV",
    "/, PAGES",
    "/ui/files, PAGES",
    "/health, SITE",
    "/docs, SITE",
    "/openapi.json, SITE",
    "/apix/instruments, NONE",
    "/API/instruments, NONE",
    "/favicon.ico, NONE",
  })
  void each_path_belongs_to_one_family(String path, Family family) {
    assertThat(Family.ofPath(path)).isEqualTo(family);
  }

  @ParameterizedTest
  @CsvSource({
    "/%61pi/v1/workspaces/x, WORKSPACES",
    "/api/%76%31/workspaces, WORKSPACES",
    "/api;a=b/v1/workspaces, WORKSPACES",
    "//api/v1/workspaces, WORKSPACES",
    "/api%2Fv1/workspaces, NONE",
    "/api/v1/sync/a%2Fb, SYNC",
    "/api/v1/sync%2Fa, WORKSPACES",
    "/api/v1%2Fsync/a, HARVEST",
    "/api/v1/%73ync/..%2F..%2Finstruments, SYNC",
    "/%zz/api, NONE",
  })
  void a_path_in_disguise_is_read_as_the_handlers_read_it(String path, Family family) {
    assertThat(Family.ofPath(path)).isEqualTo(family);
  }
}
