// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.server.TestFolders;
import io.entrepot.server.database.Database;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import tools.jackson.databind.json.JsonMapper;

class AnswersTest {

  private static final Id ADA = new Id("a".repeat(24));
  private static final Answer MADE =
      new Answer(201, Map.of("Location", "/x/1"), "{\"key\":\"ek_sécret\"}".getBytes(UTF_8));

  private final Path keyFile = TestFolders.create("keys").resolve("secrets.key");
  private Instant now = Instant.parse("2026-11-21T12:00:00.123456Z");

  /** Each is a server of its own on the same records. */
  private Answers server(Database database) {
    SecureRandom random = new SecureRandom();
    SecretBox secrets = new SecretBox(SecretKeys.open(keyFile, random), random);
    return new Answers(
        database, secrets, new IdSource(() -> now, random), () -> now, new JsonMapper());
  }

  private static Asked asked(String key, String body) {
    return Asked.of(ADA, "POST /x", key, "", body.getBytes(UTF_8));
  }

  private static Id yours(Claim claim) {
    assertThat(claim).isInstanceOf(Claim.Yours.class);
    return ((Claim.Yours) claim).id();
  }

  private static void answered(Claim claim) {
    assertThat(claim).isInstanceOf(Claim.Answered.class);
    Answer answer = ((Claim.Answered) claim).answer();
    assertThat(answer).usingRecursiveComparison().isEqualTo(MADE);
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void one_holds_a_request_until_its_answer_is_kept_and_for_a_day_the_answer_is_for_everybody(
      Database database) {
    try (database) {
      Answers answers = server(database);
      Id claim = yours(answers.claim(asked("k", "one")));

      assertThat(answers.claim(asked("k", "one"))).isEqualTo(new Claim.Running());
      assertThat(answers.claim(asked("k", "two"))).isEqualTo(new Claim.Different());
      yours(answers.claim(asked("other", "two")));

      answers.keep(claim, MADE);
      now = now.plus(Duration.ofHours(24)).minusSeconds(1);
      answers.forget();
      answered(server(database).claim(asked("k", "one")));
      assertThat(answers.claim(asked("k", "two"))).isEqualTo(new Claim.Different());

      now = now.plusSeconds(1);
      answers.forget();
      assertThat(rows(database)).isEmpty();
      Id released = yours(answers.claim(asked("k", "two")));
      answers.release(released);
      yours(answers.claim(asked("k", "one")));
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void a_request_that_a_stopped_server_left_is_free_after_five_minutes_and_a_late_answer_is_lost(
      Database database) {
    try (database) {
      Id stopped = yours(server(database).claim(asked("k", "one")));

      Answers next = server(database);
      now = now.plus(Duration.ofMinutes(5)).minusSeconds(1);
      assertThat(next.claim(asked("k", "one"))).isEqualTo(new Claim.Running());
      now = now.plusSeconds(1);
      Id second = yours(next.claim(asked("k", "one")));

      next.keep(stopped, new Answer(500, Map.of(), new byte[0]));
      next.release(stopped);
      assertThat(next.claim(asked("k", "one"))).isEqualTo(new Claim.Running());
      next.keep(second, MADE);
      answered(next.claim(asked("k", "one")));
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void neither_what_was_asked_nor_what_was_answered_can_be_read_in_the_database(Database database) {
    try (database) {
      Answers answers = server(database);
      Asked asked = asked("k", "a password");
      answers.keep(yours(answers.claim(asked)), MADE);

      assertThat(rows(database))
          .singleElement()
          .satisfies(
              row -> {
                assertThat(row.get("answer").toString()).startsWith("v1.").doesNotContain("ek_");
                assertThat(row.get("content").toString()).startsWith("v1.");
                assertThat(row.values()).doesNotContain(asked.content());
              });
    }
  }

  @ParameterizedTest
  @MethodSource("io.entrepot.server.database.TestDatabases#both")
  void what_was_sealed_under_a_key_file_that_is_gone_is_said_to_be_unreadable(Database database)
      throws IOException {
    try (database) {
      server(database).keep(yours(server(database).claim(asked("k", "one"))), MADE);
      Files.delete(keyFile);

      assertThat(server(database).claim(asked("k", "one"))).isEqualTo(new Claim.Unreadable());
      yours(server(database).claim(asked("other", "one")));
    }
  }

  private static List<Map<String, Object>> rows(Database database) {
    return database.sql("select * from kept_answer").query().listOfRows();
  }
}
