// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Something a listener is told.
 *
 * <p>Numbers rise for as long as the server lives and go on above the old ones after a restart.
 */
public sealed interface JobEvent {

  /** What to give back to go on after this event. */
  long number();

  /** Which job it is about; null for none in particular. */
  @Nullable Id job();

  /** The job's state, wish, steps or progress changed. */
  record Changed(long number, Job now) implements JobEvent {
    @Override
    public Id job() {
      return now.id();
    }
  }

  /**
   * What happened after this event is not known any more. The present state follows; lines of logs
   * are to be read anew.
   *
   * @param number of the last event that the listener has seen
   * @param job that is listened to; null for all
   */
  record Gap(long number, @Nullable Id job) implements JobEvent {}

  /** Lines were added to the job's log. */
  record Logged(long number, Id job, List<LogLine> lines) implements JobEvent {
    public Logged {
      lines = List.copyOf(lines);
    }
  }
}
