// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.server.health.HealthPart;
import java.util.Optional;

/** Whether jobs are taken up and schedules fire. */
final class JobsPart implements HealthPart {

  private final JobEngine engine;

  JobsPart(JobEngine engine) {
    this.engine = engine;
  }

  @Override
  public String name() {
    return "jobs";
  }

  @Override
  public Optional<String> trouble() {
    return engine.trouble();
  }
}
