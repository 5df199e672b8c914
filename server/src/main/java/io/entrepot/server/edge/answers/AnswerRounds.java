// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.edge.answers;

import io.entrepot.server.rounds.Rounds;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets go of old answers, hour by hour: some of them hold a secret. */
final class AnswerRounds implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(AnswerRounds.class);

  private static final Duration FIRST = Duration.ofMinutes(1);
  private static final Duration BETWEEN = Duration.ofHours(1);
  private static final Duration PATIENCE = Duration.ofSeconds(3);

  private final Answers answers;
  private final Rounds rounds = new Rounds("kept-answers", PATIENCE, LOG);

  AnswerRounds(Answers answers) {
    this.answers = answers;
  }

  @Override
  public void start() {
    rounds.start();
    rounds.every(
        FIRST,
        BETWEEN,
        "Answers older than a day were not taken away; it is tried again.",
        answers::forget);
  }

  @Override
  public void stop() {
    rounds.stop();
  }

  @Override
  public boolean isRunning() {
    return rounds.isRunning();
  }
}
