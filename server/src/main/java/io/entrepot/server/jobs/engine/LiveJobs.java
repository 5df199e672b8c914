// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.EarlyEnd;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The jobs that run in this process now. */
final class LiveJobs {

  private final Map<Lease, RunningJob> running = new ConcurrentHashMap<>();

  private volatile boolean closing;

  void add(RunningJob job) {
    running.put(job.lease(), job);
    if (closing) {
      job.signal(EarlyEnd.SHUTDOWN);
    }
  }

  void remove(RunningJob job) {
    running.remove(job.lease());
  }

  Collection<RunningJob> all() {
    return List.copyOf(running.values());
  }

  void signal(Id job, EarlyEnd why) {
    running.values().stream().filter(r -> r.job().equals(job)).forEach(r -> r.signal(why));
  }

  /** Tells every job, and every one that begins later, that the server is stopping. */
  void shutDown() {
    closing = true;
    running.values().forEach(r -> r.signal(EarlyEnd.SHUTDOWN));
  }
}
