// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.server.harvest.hooks.Hooks;
import io.entrepot.server.harvest.instruments.HarvestPolicy;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobContext;
import io.entrepot.server.jobs.JobKind;
import io.entrepot.server.jobs.JobProgress;
import io.entrepot.server.jobs.LogLevel;
import io.entrepot.server.jobs.Recovery;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.mover.Staging;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * Brings what is new on one instrument into one storage location. At most one runs for an
 * instrument; after a crash it begins again and finds by itself what is done.
 */
public final class HarvestJob implements JobKind {

  public static final String NAME = "harvest";

  /** Counts of files: those that came in, those that failed. */
  static final String TRANSFERRED = "transferred";

  static final String FAILED = "failed";

  /** How many of those that failed did so because they changed while they were read. */
  static final String CHANGING = "changing";

  /** How many of those that failed a hook has held through all their tries: nothing new. */
  static final String HELD = "held";

  private static final String CONNECT = "connect";
  private static final String HARVEST = "harvest";

  private final HarvestTools tools;
  private final Rules rules;
  private final StoreDoor stores;
  private final FurtherRuns runs;
  private final FurtherRuns.Scheduled scheduled;
  private final Told told;

  /**
   * @param stores opens the two sides of a run
   * @param schedule where runs are asked for
   * @param told who is told of how runs went
   */
  public HarvestJob(
      HarvestTools tools,
      Rules rules,
      StoreDoor stores,
      FurtherRuns.Scheduled schedule,
      Told told) {
    this.tools = tools;
    this.rules = rules;
    this.stores = stores;
    this.runs = new FurtherRuns(tools, schedule);
    this.scheduled = schedule;
    this.told = told;
  }

  /** What is configured about a run. */
  public record Rules(
      Instruments instruments, StorageLocations locations, Hooks hooks, SchedulesOf schedules) {}

  /** The live harvest schedules of an instrument, also those that are switched off. */
  @FunctionalInterface
  public interface SchedulesOf {
    List<Schedule> of(Id instrument);
  }

  /**
   * Who is told of how runs went.
   *
   * @param failed of each that failed, after that is on record
   * @param looked of each that looked to the end, in the transaction that records it; not of dry
   *     ones
   */
  public record Told(Consumer<Job> failed, Consumer<StandstillNotices.Look> looked) {}

  /** Opens stores; tests put their own in its place. */
  public interface StoreDoor {
    Store open(Instrument instrument);

    /** For keeping files there. */
    Store open(StorageLocation location);

    /** For looking only: nothing is changed there. */
    Store look(StorageLocation location);

    /** When this process began: what it staged itself is younger. */
    Instant begun();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public Recovery recovery() {
    return Recovery.RESUME;
  }

  @Override
  public Optional<String> lockKey(JsonNode parameters) {
    return Optional.of(HarvestOrder.subject(HarvestOrder.of(parameters).instrument()));
  }

  @Override
  public Optional<String> disabled(JsonNode parameters) {
    HarvestOrder order = HarvestOrder.of(parameters);
    Instrument instrument = rules.instruments().any(order.instrument());
    if (!instrument.usable()) {
      return Optional.of("the instrument " + instrument.name() + " is switched off");
    }
    StorageLocation location = rules.locations().any(order.storageLocation());
    return location.usable()
        ? Optional.empty()
        : Optional.of("the storage location " + location.name() + " is switched off");
  }

  @Override
  public List<String> steps(JsonNode parameters) {
    return List.of(CONNECT, HARVEST);
  }

  @Override
  public void run(JobContext job) throws Exception {
    HarvestOrder order = HarvestOrder.of(job.parameters());
    Instant begun = tools.clock().instant();
    CutOff before = new CutOff(job, tools);
    before.begin();
    try {
      harvest(job, order, before);
    } catch (StoreException gone) {
      runs.after(job, order, begun, gone.code());
      throw gone;
    } finally {
      before.end();
    }
    runs.after(job, order, begun, null);
  }

  @Override
  public void failed(Job job) {
    told.failed().accept(job);
  }

  @Override
  public boolean inVain(Job job) {
    return isInVain(job.progress());
  }

  static boolean isInVain(JobProgress came) {
    return came.count(TRANSFERRED) == 0
        && came.count(FAILED) > came.count(CHANGING) + came.count(HELD);
  }

  private void harvest(JobContext job, HarvestOrder order, CutOff before) throws Exception {
    Instrument instrument = rules.instruments().live(order.instrument());
    StorageLocation location = rules.locations().live(order.storageLocation());
    refuseUnlessUsable(instrument, location);
    HarvestPolicy policy = HarvestPolicy.of(instrument.settings().transferConfig());
    try (Doorstep door = new Doorstep(instrument, location, order.dryRun())) {
      job.step(CONNECT, true, () -> greet(door.stores()));
      job.step(
          HARVEST,
          true,
          () -> {
            HarvestScene scene = new HarvestScene(job, instrument, location, door.stores(), policy);
            if (!order.dryRun()) {
              sweep(scene);
            }
            Harvested harvested = new HarvestRun(scene, tools, rules).run(order, before);
            // Within the step: one that ended is not done again when the job is.
            if (!order.dryRun()) {
              job.effect(() -> looked(scene, order, harvested));
            }
          });
    }
  }

  /** The two sides of a run, opened by the first step that needs them. */
  private final class Doorstep implements AutoCloseable {

    private final Instrument instrument;
    private final StorageLocation location;
    private final boolean lookOnly;
    private HarvestScene.@Nullable Stores open;

    Doorstep(Instrument instrument, StorageLocation location, boolean lookOnly) {
      this.instrument = instrument;
      this.location = location;
      this.lookOnly = lookOnly;
    }

    HarvestScene.Stores stores() {
      HarvestScene.Stores both = open == null ? connect() : open;
      open = both;
      return both;
    }

    private HarvestScene.Stores connect() {
      Store source = stores.open(instrument);
      try {
        return new HarvestScene.Stores(
            source, lookOnly ? stores.look(location) : stores.open(location));
      } catch (RuntimeException e) {
        source.close();
        throw e;
      }
    }

    @Override
    public void close() {
      if (open != null) {
        open.close();
      }
    }
  }

  private void looked(HarvestScene scene, HarvestOrder order, Harvested harvested) {
    boolean unsettled =
        tools
            .ingest()
            .nextRetry(order.instrument(), order.storageLocation(), Instant.EPOCH, Retry.MOST_TRIES)
            .isPresent();
    rules.instruments().harvested(scene.instrument().id(), tools.clock().instant());
    told.looked()
        .accept(
            new StandstillNotices.Look(
                scene.job().order().origin().schedule(),
                scene.instrument(),
                order.pathPrefix().isEmpty(),
                harvested,
                unsettled));
  }

  private static void refuseUnlessUsable(Instrument instrument, StorageLocation location) {
    if (!instrument.usable()) {
      throw new EntrepotException(
          ErrorCode.DISABLED, "The instrument " + instrument.name() + " is switched off.");
    }
    if (!location.usable()) {
      throw new EntrepotException(
          ErrorCode.DISABLED, "The storage location " + location.name() + " is switched off.");
    }
  }

  /** Looks at both sides, so that what is wrong with one is said before anything begins. */
  private static void greet(HarvestScene.Stores stores) {
    stores.source().list(ObjectPath.BASE).close();
    stores.target().list(ObjectPath.BASE).close();
  }

  /**
   * Removes what nobody writes to any more: it is older than this process and than all harvests
   * that are under way, be it on another server with the same database.
   */
  private void sweep(HarvestScene scene) {
    Instant begun = stores.begun();
    Instant nobodys =
        scheduled.underWaySince().filter(since -> since.isBefore(begun)).orElse(begun);
    int left = Staging.reclaim(scene.stores().target(), nobodys);
    if (left > 0) {
      scene.job().log(LogLevel.INFO, left + " unfinished copies of an earlier start were removed");
    }
  }
}
