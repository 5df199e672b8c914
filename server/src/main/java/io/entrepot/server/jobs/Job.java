// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs;

import io.entrepot.base.Id;

/** One job as it stands at the moment it is read. */
public record Job(Id id, JobOrder order, JobStatus status, JobTimes times, JobProgress progress) {

  public String kind() {
    return order.kind();
  }

  public JobState state() {
    return status.state();
  }
}
