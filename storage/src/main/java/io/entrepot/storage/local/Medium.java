// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;

/**
 * What is known of the medium under a folder. The kernel tells of a failed flush once, so whoever
 * opens stores in one folder again and again hands them all the same medium, and none of them
 * writes after one has failed.
 */
public final class Medium {

  private final AtomicReference<String> failure = new AtomicReference<>("");
  private final AtomicInteger failures = new AtomicInteger();

  /** The first failure, in words for an administrator; empty while there was none. */
  public Optional<String> failure() {
    return Optional.of(failure.get()).filter(told -> !told.isEmpty());
  }

  /**
   * Takes over what a probe has shown, which was made with a medium of its own.
   *
   * @param known what had failed when the probe began; what failed meanwhile is not forgotten
   */
  public void learn(Medium probe, Optional<String> known) {
    probe
        .failure()
        .ifPresentOrElse(this::failed, () -> failure.compareAndSet(known.orElse(""), ""));
  }

  /** Nothing is written to it any more. A later failure does not take the place of the first. */
  public void failed(String told) {
    failures.incrementAndGet();
    failure.compareAndSet("", told);
  }

  /** How often a flush has failed, also before somebody found the medium well again. */
  int failures() {
    return failures.get();
  }
}
