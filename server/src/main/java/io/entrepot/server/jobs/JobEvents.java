// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** News of jobs as they happen, for as many listeners as like. */
public interface JobEvents {

  /**
   * Listens to one job, or to all.
   *
   * @param job null for all
   * @param after the number of the last event already seen; null to begin with the present state
   */
  Subscription subscribe(@Nullable Id job, @Nullable Long after);

  /**
   * Whether a job has ended and one that has seen all up to this event was told so: there is
   * nothing more to listen to.
   *
   * @param after the number of the last event already seen
   */
  boolean isOver(Id job, long after);

  /**
   * One listener, used by one thread. It costs no memory while it waits, and a slow one misses
   * intermediate events instead of holding anybody up: it then gets the present state.
   */
  interface Subscription extends AutoCloseable {

    /**
     * Waits for news.
     *
     * @return what happened since, in order; empty when nothing did in this time. A listener that
     *     missed events, or is new, first gets one {@link JobEvent.Changed} with the present state
     *     of each job that it listens to and that has not ended: the newest 500, or the single one,
     *     that one even when it has ended. One that missed events gets a {@link JobEvent.Gap}
     *     before
     */
    List<JobEvent> next(Duration patience) throws InterruptedException;

    /** Whether there will be no more: the one job has ended and all was told, or all is closing. */
    boolean isOver();

    @Override
    void close();
  }
}
