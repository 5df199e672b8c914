// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import java.util.Locale;

/** Where a job is in its life. Stored by name in lower case. */
public enum JobState {
  /** Accepted; no worker has looked at it yet, or it is not due yet. */
  PENDING,
  /** A worker looked at it, but another job holds its lock key. */
  QUEUED,
  RUNNING,
  /** Put aside by a person; runs on after a resume. Only kinds that allow it. */
  PAUSED,
  /** Done; perhaps with warnings. */
  COMPLETED,
  FAILED,
  /** Given up on request, before or while it ran. */
  CANCELLED,
  /** Ended early on request, what was done so far being kept and wanted. */
  STOPPED;

  /** Nothing leaves a final state; a retry is a new job. */
  public boolean isFinal() {
    return switch (this) {
      case PENDING, QUEUED, RUNNING, PAUSED -> false;
      case COMPLETED, FAILED, CANCELLED, STOPPED -> true;
    };
  }

  public String stored() {
    return name().toLowerCase(Locale.ROOT);
  }

  public static JobState of(String stored) {
    return valueOf(stored.toUpperCase(Locale.ROOT));
  }
}
