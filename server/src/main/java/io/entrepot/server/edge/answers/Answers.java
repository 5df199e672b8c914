// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.secrets.SecretBox;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import tools.jackson.databind.json.JsonMapper;

/**
 * The answers of the last 24 hours, by request. What was asked and answered lies sealed: an answer
 * may show a secret, and what was asked can be guessed from its digest.
 */
public final class Answers {

  /** How long an answer is kept. */
  static final Duration KEPT = Duration.ofHours(24);

  /** A claim that has not ended by then never will: its server was stopped. */
  static final Duration LONGEST = Duration.ofMinutes(5);

  private final Database database;
  private final AnswerTable table;
  private final SecretBox secrets;
  private final IdSource ids;
  private final InstantSource clock;
  private final JsonMapper json;

  Answers(
      Database database, SecretBox secrets, IdSource ids, InstantSource clock, JsonMapper json) {
    this.database = database;
    this.table = new AnswerTable(database);
    this.secrets = secrets;
    this.ids = ids;
    this.clock = clock;
    this.json = json;
  }

  /**
   * Asks to carry a request out. Of many at once, on any node, one gets {@link Claim.Yours}; it has
   * to {@link #keep} or {@link #release} within five minutes, after which another may get it.
   */
  public Claim claim(Asked asked) {
    Id id = ids.next();
    String content = secrets.seal(id, asked.content());
    Instant now = clock.instant();
    return database.write(
        () -> {
          if (table.insert(id, asked.name(), content, now, now.plus(LONGEST))) {
            return new Claim.Yours(id);
          }
          // One that was released in between is as good as running: it is asked for again.
          return table
              .find(asked.name())
              .map(row -> earlier(row, asked))
              .orElseGet(Claim.Running::new);
        });
  }

  private Claim earlier(AnswerTable.Row row, Asked asked) {
    String content;
    String answer;
    try {
      content = secrets.open(row.id(), row.content());
      answer = row.answer() == null ? null : secrets.open(row.id(), row.answer());
    } catch (EntrepotException _) {
      return new Claim.Unreadable();
    }
    if (!content.equals(asked.content())) {
      return new Claim.Different();
    }
    return answer == null
        ? new Claim.Running()
        : new Claim.Answered(json.readValue(answer, Answer.class));
  }

  /** Ends a claim with what came of it; nothing happens when the claim was over before. */
  public void keep(Id claim, Answer answer) {
    String sealed = secrets.seal(claim, json.writeValueAsString(answer));
    Instant end = clock.instant().plus(KEPT);
    database.write(() -> table.answer(claim, sealed, end));
  }

  /** Ends a claim that came to nothing: the same request may be carried out at once. */
  public void release(Id claim) {
    database.writeFromReserve(() -> table.delete(claim));
  }

  /** Takes away what is no longer kept. */
  void forget() {
    Instant now = clock.instant();
    database.write(() -> table.deleteEnded(now));
  }
}
