// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;

/** Lets the closer work once a second, and a last time when the server stops. */
final class LedgerClock implements SmartLifecycle {

  /** Starts before whatever writes entries, and stops after it. */
  private static final int PHASE = -1_000;

  private static final String BROKEN =
      "the ledger no longer holds what was signed; run \"entrepot custody verify\"";
  private static final String NOT_SEALED =
      "what happened was not sealed or signed the last time; the log says why";

  private static final Logger LOG = LoggerFactory.getLogger(LedgerClock.class);

  private final LedgerCloser closer;
  private volatile ScheduledExecutorService executor = stopped();
  private volatile String complaint = "";
  private volatile Optional<String> trouble = Optional.empty();

  LedgerClock(LedgerCloser closer) {
    this.closer = closer;
  }

  private static ScheduledExecutorService stopped() {
    ScheduledExecutorService none = Executors.newSingleThreadScheduledExecutor();
    none.shutdown();
    return none;
  }

  @Override
  public void start() {
    executor =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("ledger-closer").daemon().factory());
    var _ =
        executor.scheduleWithFixedDelay(
            () -> guarded(closer::closeAndSignWhenDue), 1, 1, TimeUnit.SECONDS);
  }

  @Override
  public void stop() {
    executor.close();
    guarded(closer::closeAndSign);
  }

  /** An executor never runs a task again that threw, and the next second may well succeed. */
  private void guarded(Runnable round) {
    try {
      round.run();
      complaint = "";
      trouble = Optional.empty();
    } catch (RuntimeException e) {
      trouble = Optional.of(isBroken(e) ? BROKEN : NOT_SEALED);
      complain(String.valueOf(e.getMessage()), e);
    }
  }

  private static boolean isBroken(RuntimeException failure) {
    return failure instanceof EntrepotException known && known.code() == ErrorCode.LEDGER_BROKEN;
  }

  /** What went wrong the last time, in words fit for anybody. */
  Optional<String> trouble() {
    return trouble;
  }

  /** Once, not every second. */
  private void complain(String message, RuntimeException cause) {
    if (!complaint.equals(message)) {
      complaint = message;
      LOG.error("The ledger was not sealed or signed; its entries are kept. {}", message, cause);
    }
  }

  @Override
  public boolean isRunning() {
    return !executor.isShutdown();
  }

  @Override
  public int getPhase() {
    return PHASE;
  }
}
