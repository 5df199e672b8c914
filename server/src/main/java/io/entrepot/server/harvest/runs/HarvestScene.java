// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.server.harvest.instruments.HarvestPolicy;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.storage.Store;

/** Who and what one run is about: its job, its two sides, its rules. */
record HarvestScene(
    JobContext job,
    Instrument instrument,
    StorageLocation location,
    Stores stores,
    HarvestPolicy policy) {

  /** Both sides, open. */
  record Stores(Store source, Store target) implements AutoCloseable {
    @Override
    public void close() {
      try (source) {
        target.close();
      }
    }
  }
}
