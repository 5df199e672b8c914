// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.server.rounds.Rounds;
import java.time.Duration;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets the closer work when the server starts, once a second, and a last time when it stops. */
final class LedgerClock implements SmartLifecycle {

  /** Starts before whatever writes entries, and stops after it. */
  private static final int PHASE = -1_000;

  private static final Duration EVERY = Duration.ofSeconds(1);

  private static final String BROKEN =
      "the ledger no longer holds what was signed; run \"entrepot custody verify\"";
  private static final String NOT_SEALED =
      "what happened was not sealed or signed the last time; the log says why";

  private static final Logger LOG = LoggerFactory.getLogger(LedgerClock.class);

  private static final String FAILURE =
      "The ledger was not sealed or signed; its entries are kept.";

  /** Whatever is being sealed is sealed to its end. */
  private static final Duration PATIENCE = Duration.ofDays(1);

  private final LedgerCloser closer;
  private final Rounds rounds = new Rounds("ledger-closer", PATIENCE, LOG);
  private volatile Optional<String> trouble = Optional.empty();

  LedgerClock(LedgerCloser closer) {
    this.closer = closer;
  }

  /** What the last server left unsealed precedes all that follows, whatever the clock says. */
  @Override
  public void start() {
    seal();
    rounds.start();
    rounds.every(EVERY, EVERY, FAILURE, () -> watched(closer::closeAndSignWhenDue));
  }

  @Override
  public void stop() {
    rounds.stop();
    seal();
  }

  private void seal() {
    try {
      watched(closer::closeAndSign);
    } catch (RuntimeException | Error e) {
      LOG.error(FAILURE, e);
    }
  }

  private void watched(Runnable round) {
    try {
      round.run();
      trouble = Optional.empty();
    } catch (RuntimeException | Error e) {
      trouble = Optional.of(isBroken(e) ? BROKEN : NOT_SEALED);
      throw e;
    }
  }

  private static boolean isBroken(Throwable failure) {
    return failure instanceof EntrepotException known && known.code() == ErrorCode.LEDGER_BROKEN;
  }

  /** What went wrong the last time, in words fit for anybody. */
  Optional<String> trouble() {
    return trouble;
  }

  @Override
  public boolean isRunning() {
    return rounds.isRunning();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
