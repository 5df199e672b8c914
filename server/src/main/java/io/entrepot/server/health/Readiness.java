// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.health;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.stereotype.Component;

/**
 * Asks every part at once, and waits for the answers no longer than whoever asks does. A part that
 * is still being asked is not asked a second time, so that one which hangs takes one thread.
 */
@Component
public final class Readiness {

  /** What asks a server whether it is ready gives up after some seconds. */
  private static final Duration PATIENCE = Duration.ofMillis(2_500);

  private static final Optional<String> SILENT = Optional.of("it does not answer");

  private static final Logger LOG = LoggerFactory.getLogger(Readiness.class);

  private final List<HealthPart> parts;
  private final Duration patience;
  private final Consumer<Thread> starter;
  private final Map<String, CompletableFuture<Optional<String>>> open = new ConcurrentHashMap<>();

  @Autowired
  public Readiness(List<HealthPart> parts) {
    this(parts, PATIENCE, Thread::start);
  }

  /**
   * @param patience how long a part may take to answer
   * @param starter of the threads on which they are asked
   */
  Readiness(List<HealthPart> parts, Duration patience, Consumer<Thread> starter) {
    this.parts = List.copyOf(parts);
    this.patience = patience;
    this.starter = starter;
  }

  /** What is wrong with each part, by its name in their order; empty for one that is well. */
  public SequencedMap<String, Optional<String>> troubles() {
    SequencedMap<String, CompletableFuture<Optional<String>>> asked = new TreeMap<>();
    parts.forEach(part -> asked.put(part.name(), ask(part)));
    CompletableFuture.allOf(asked.values().toArray(CompletableFuture[]::new))
        .completeOnTimeout(null, patience.toMillis(), TimeUnit.MILLISECONDS)
        .join();
    SequencedMap<String, Optional<String>> troubles = new TreeMap<>();
    asked.forEach((name, answer) -> troubles.put(name, answer.getNow(SILENT)));
    return troubles;
  }

  private CompletableFuture<Optional<String>> ask(HealthPart part) {
    CompletableFuture<Optional<String>> asked = new CompletableFuture<>();
    CompletableFuture<Optional<String>> before = open.putIfAbsent(part.name(), asked);
    if (before != null) {
      return before;
    }
    // A platform thread: what hangs within the operating system would take a virtual one's carrier.
    Thread thread =
        Thread.ofPlatform()
            .daemon()
            .name("health-" + part.name())
            .unstarted(() -> answer(part, asked));
    try {
      starter.accept(thread);
    } catch (OutOfMemoryError e) {
      // Without a thread to be had now there may be one the next time.
      LOG.warn("Whether {} is well could not be asked.", part.name(), e);
      open.remove(part.name());
      asked.complete(SILENT);
    }
    return asked;
  }

  private void answer(HealthPart part, CompletableFuture<Optional<String>> asked) {
    Optional<String> trouble = SILENT;
    try {
      trouble = part.trouble();
    } catch (RuntimeException e) {
      LOG.warn("Whether {} is well could not be found out.", part.name(), e);
    } finally {
      open.remove(part.name());
      asked.complete(trouble);
    }
  }
}
