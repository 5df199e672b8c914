// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import java.util.concurrent.atomic.LongAdder;

/**
 * What all jobs of this node did since it was started. It only grows, other than what is on record
 * of a job, which begins anew with each of its starts.
 */
final class WorkMeter {

  private final LongAdder files = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder fenced = new LongAdder();

  void done(long moreBytes, long moreFiles) {
    bytes.add(moreBytes);
    files.add(moreFiles);
  }

  /** A start that no longer counts was refused a change. */
  void fenced() {
    fenced.increment();
  }

  long files() {
    return files.sum();
  }

  long bytes() {
    return bytes.sum();
  }

  long refused() {
    return fenced.sum();
  }
}
