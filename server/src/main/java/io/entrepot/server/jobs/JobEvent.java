// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import java.util.List;

/**
 * Something a listener is told.
 *
 * <p>Numbers rise for as long as the server lives and go on above the old ones after a restart.
 */
public sealed interface JobEvent {

  /** What to give back to go on after this event. */
  long number();

  Id job();

  /** The job's state, wish, steps or progress changed. */
  record Changed(long number, Job now) implements JobEvent {
    @Override
    public Id job() {
      return now.id();
    }
  }

  /** Lines were added to the job's log. */
  record Logged(long number, Id job, List<LogLine> lines) implements JobEvent {
    public Logged {
      lines = List.copyOf(lines);
    }
  }
}
