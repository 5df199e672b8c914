// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.rest.fields.BodyFields;

/** The {@code priority} of a run in a request. */
final class RunPriority {

  private RunPriority() {}

  /** The usual one where none was sent. */
  static int read(BodyFields body) {
    return (int)
        body.number(
            "priority",
            JobOrder.USUAL_PRIORITY,
            -JobOrder.HIGHEST_PRIORITY,
            JobOrder.HIGHEST_PRIORITY);
  }
}
