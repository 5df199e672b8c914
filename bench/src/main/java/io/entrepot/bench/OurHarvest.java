// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import io.entrepot.client.Harvest;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;
import tools.jackson.databind.JsonNode;

/**
 * A verified harvest by the real server, asked for over HTTP. Timed as the run itself reports, from
 * the start of the job to its end.
 */
final class OurHarvest implements Contestant {

  private static final Duration LIMIT = Duration.ofMinutes(20);

  /** Never at night: these schedules are only triggered. */
  private static final String YEARLY = "0 0 1 1 *";

  private final Harvest harvest;
  private final Path target;
  private final Function<String, String> instrument;
  private final boolean emptyTarget;
  private int made;
  private String schedule = "";

  private OurHarvest(
      Harvest harvest, Path target, Function<String, String> instrument, boolean emptyTarget) {
    this.harvest = harvest;
    this.target = target;
    this.instrument = instrument;
    this.emptyTarget = emptyTarget;
  }

  /**
   * A harvest by a new instrument into an empty store.
   *
   * @param instrument makes an instrument of the given name, and says its id
   */
  static OurHarvest first(Harvest harvest, Path target, Function<String, String> instrument) {
    return new OurHarvest(harvest, target, instrument, true);
  }

  /** Another harvest of an instrument of which everything is there already. */
  static OurHarvest again(Harvest harvest, Path target, Function<String, String> instrument) {
    return new OurHarvest(harvest, target, instrument, false);
  }

  @Override
  public String name() {
    return "entrepot";
  }

  @Override
  public String commandLine() {
    return "POST /api/schedules/{id}/trigger, into " + target;
  }

  @Override
  public void prepare() {
    if (!emptyTarget && !schedule.isEmpty()) {
      return;
    }
    Folders.fresh(target);
    String name = target.getFileName() + "-" + ++made;
    String storage = harvest.storage(name, target.toString());
    schedule = harvest.schedule(instrument.apply(name), storage, YEARLY, true);
    if (!emptyTarget) {
      harvest.await(harvest.trigger(schedule), LIMIT);
    }
  }

  @Override
  public Duration run() {
    JsonNode run = harvest.await(harvest.trigger(schedule), LIMIT);
    if (run.at("/counters/failed").asLong() > 0) {
      throw new IllegalStateException("some files failed: " + run);
    }
    return Duration.between(
        Instant.parse(run.path("started_at").asString()),
        Instant.parse(run.path("finished_at").asString()));
  }
}
