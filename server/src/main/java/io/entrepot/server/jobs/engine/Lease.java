// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.jobs.engine;

import io.entrepot.base.Id;
import org.jspecify.annotations.Nullable;

/** One start of a job: what it shows to prove that it still counts. */
record Lease(Id job, long fence, @Nullable String lockKey) {

  Lease next() {
    return new Lease(job, fence + 1, lockKey);
  }
}
