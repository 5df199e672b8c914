// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.Id;
import io.entrepot.server.jobs.ScheduleFilter;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/**
 * What one harvest job is to do, as it is kept with the job.
 *
 * @param dryRun only say what would be taken
 * @param retryFailed try failed files again although they are not due yet
 * @param rescan read what is known once more, to find content that changed under the same looks
 * @param pathPrefix only paths that begin so; empty for all
 */
public record HarvestOrder(
    Id instrument,
    Id storageLocation,
    boolean dryRun,
    boolean retryFailed,
    boolean rescan,
    String pathPrefix) {

  private static final String INSTRUMENT = "instrument_id";
  private static final String STORAGE = "storage_location_id";

  public static HarvestOrder of(JsonNode parameters) {
    return new HarvestOrder(
        new Id(parameters.path(INSTRUMENT).asString()),
        new Id(parameters.path(STORAGE).asString()),
        parameters.path("dry_run").asBoolean(false),
        parameters.path("retry_failed").asBoolean(false),
        parameters.path("force_rescan").asBoolean(false),
        parameters.path("path_prefix").asString(""));
  }

  /** The parameters of a schedule that harvests into this storage location. */
  public static ObjectNode parameters(Id instrument, Id storageLocation) {
    return JsonNodeFactory.instance
        .objectNode()
        .put(INSTRUMENT, instrument.hex())
        .put(STORAGE, storageLocation.hex());
  }

  /** The live schedules that harvest an instrument. */
  public static ScheduleFilter schedules(Id instrument) {
    return ScheduleFilter.kind(HarvestJob.NAME).about(subject(instrument));
  }

  /** What the jobs of an instrument are about, for lists and for the lock between them. */
  public static String subject(Id instrument) {
    return "instrument:" + instrument.hex();
  }
}
