// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCategory;
import io.entrepot.base.ErrorCode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** Every code of the catalogue, in the words of the APIs whose contracts list theirs. */
class ErrorBodiesTest {

  /** Ours in every API: what no contract has a word for and must not be hidden behind another. */
  private static final Set<ErrorCode> OWN =
      Set.of(
          ErrorCode.CHECKSUM_MISMATCH,
          ErrorCode.COPY_LOST,
          ErrorCode.LEDGER_BROKEN,
          ErrorCode.IDEMPOTENCY_KEY_IN_USE,
          ErrorCode.IDEMPOTENCY_KEY_REUSED);

  private static final Map<Integer, Set<String>> WORKSPACES =
      Map.ofEntries(
          Map.entry(400, Set.of("invalid_parameter")),
          Map.entry(401, Set.of("unauthorized")),
          Map.entry(403, Set.of("forbidden")),
          Map.entry(404, Set.of("not_found")),
          Map.entry(405, Set.of("method_not_allowed")),
          Map.entry(409, Set.of("conflict")),
          Map.entry(413, Set.of("too_large")),
          Map.entry(415, Set.of("unsupported_media_type")),
          Map.entry(416, Set.of("range_not_satisfiable")),
          Map.entry(422, Set.of()),
          Map.entry(429, Set.of("rate_limited")),
          Map.entry(500, Set.of("internal_error")),
          Map.entry(503, Set.of("unavailable")),
          Map.entry(507, Set.of("quota_exceeded")));

  private static final Map<Integer, Set<String>> BACKUP =
      Map.ofEntries(
          Map.entry(400, Set.of("BAD_REQUEST", "MALFORMED_JSON", "INVALID_PARAMETER")),
          Map.entry(401, Set.of("UNAUTHORIZED", "SESSION_EXPIRED")),
          Map.entry(403, Set.of("FORBIDDEN")),
          Map.entry(404, Set.of("NOT_FOUND")),
          Map.entry(405, Set.of("METHOD_NOT_ALLOWED")),
          Map.entry(409, Set.of("ALREADY_EXISTS", "IN_USE", "INVALID_STATE")),
          Map.entry(413, Set.of("PAYLOAD_TOO_LARGE")),
          Map.entry(422, Set.of("VALIDATION_ERROR")),
          Map.entry(500, Set.of("INTERNAL_ERROR")),
          Map.entry(502, Set.of("REMOTE_ERROR")),
          Map.entry(503, Set.of("SHUTTING_DOWN", "OVERLOADED", "STORE_READ_ONLY")),
          Map.entry(507, Set.of("INSUFFICIENT_STORAGE")));

  private static final Map<Integer, Set<String>> SYNC =
      Map.ofEntries(
          Map.entry(401, Set.of("unauthorized", "no_user_logged_in")),
          Map.entry(403, Set.of("forbidden")),
          Map.entry(404, Set.of("not_found")),
          Map.entry(405, Set.of("method_not_allowed")),
          Map.entry(409, Set.of("conflict")),
          Map.entry(422, Set.of("validation_error")),
          Map.entry(500, Set.of("server_error")));

  private static List<String> strange(Family family, Map<Integer, Set<String>> contract) {
    List<String> strange = new ArrayList<>();
    for (ErrorCode code : ErrorCode.values()) {
      Problem problem = Problem.of(code, "x");
      int status = ErrorBodies.status(family, problem);
      String word = word(ErrorBodies.json(family, problem, "7"));
      if (!OWN.contains(code)
          && contract.containsKey(status)
          && !contract.getOrDefault(status, Set.of()).contains(word)) {
        strange.add(code + " is " + status + " " + word);
      }
    }
    return strange;
  }

  private static String word(Map<String, Object> body) {
    return body.get("error") instanceof Map<?, ?> error
        ? String.valueOf(error.get("code"))
        : String.valueOf(body.get("error"));
  }

  @Test
  void the_workspaces_api_has_a_status_and_a_word_for_each_as_its_contract_lists_them() {
    assertThat(strange(Family.WORKSPACES, WORKSPACES)).isEmpty();
    assertThat(strange(Family.QUERY, WORKSPACES)).isEmpty();
  }

  @Test
  void the_backup_api_has_a_status_and_a_word_for_each_as_its_contract_lists_them() {
    assertThat(strange(Family.BACKUP, BACKUP)).isEmpty();
  }

  @Test
  void the_sync_api_has_a_status_and_a_word_for_each_as_its_contract_lists_them() {
    assertThat(strange(Family.SYNC, SYNC)).isEmpty();
  }

  @Test
  void damage_is_told_by_its_own_name_at_every_door() {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.category() == ErrorCategory.INTEGRITY) {
        for (Family family : List.of(Family.BACKUP, Family.SYNC, Family.WORKSPACES)) {
          assertThat(word(ErrorBodies.json(family, Problem.of(code, "x"), "7")))
              .isEqualToIgnoringCase(code.name());
        }
      }
    }
  }
}
