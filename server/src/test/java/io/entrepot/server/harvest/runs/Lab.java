// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.runs;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.server.TestFolders;
import io.entrepot.server.catalog.Ark;
import io.entrepot.server.catalog.Catalog;
import io.entrepot.server.catalog.CatalogFile;
import io.entrepot.server.catalog.FileQuery;
import io.entrepot.server.catalog.FileVersion;
import io.entrepot.server.catalog.Grant;
import io.entrepot.server.catalog.GranteeType;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.catalog.Ingest;
import io.entrepot.server.catalog.Transfer;
import io.entrepot.server.catalog.TransferQuery;
import io.entrepot.server.catalog.Visibility;
import io.entrepot.server.database.Database;
import io.entrepot.server.harvest.hooks.Hook;
import io.entrepot.server.harvest.hooks.HookDraft;
import io.entrepot.server.harvest.hooks.Hooks;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.jobs.Job;
import io.entrepot.server.jobs.JobFilter;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.jobs.ScheduleOrder;
import io.entrepot.server.jobs.engine.ManualJobs;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.ledger.FileStory;
import io.entrepot.server.ledger.Ledger;
import io.entrepot.server.notices.channels.Announcement;
import io.entrepot.server.notices.channels.Severity;
import io.entrepot.server.places.LocalRoots;
import io.entrepot.server.places.PlaceTools;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.places.StorageLocation;
import io.entrepot.server.places.StorageLocationDraft;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.server.places.StorageType;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import io.entrepot.server.settings.EntrepotSettings.InstrumentAccess;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.WriteOptions;
import io.entrepot.storage.decorator.Pause;
import io.entrepot.storage.decorator.ReadOnlyStore;
import io.entrepot.storage.fault.FaultyStore;
import io.entrepot.storage.fault.Operation;
import io.entrepot.storage.memory.MemoryStore;
import io.entrepot.storage.mover.Mover;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.JsonNodeFactory;
import tools.jackson.databind.node.ObjectNode;

/** One instrument and its storage, in memory, with everything real between them. */
final class Lab implements AutoCloseable {

  private static final TreeWalk.Listener ALL_CAN_BE_WALKED =
      new TreeWalk.Listener() {
        @Override
        public void unreadable(ObjectPath folder, StoreException why) {
          throw why;
        }

        @Override
        public void refused(ObjectPath within, StoreException why) {
          throw why;
        }
      };

  private Instant now = Instant.parse("2026-11-21T10:00:00Z");
  private final Database database;
  private final IdSource ids = new IdSource(this::now, new Random(11));
  private final MemoryStore disk = new MemoryStore(this::now);
  private final FaultyStore source = new FaultyStore(disk);
  private boolean growing;
  private int looks;
  private final Map<Id, FaultyStore> targets = new HashMap<>();
  private final StorageLocations locations;
  private final Instruments instruments;
  private final Hooks hooks;
  private final Catalog catalog;
  private final Grants grants;
  private final Ledger ledger;
  private final ManualJobs jobs;
  private final List<Announcement> notices = new ArrayList<>();
  private final Map<String, Object> config = new LinkedHashMap<>();
  private final Id instrument;
  private final Id project;
  private Id location;
  private boolean full;
  private boolean reachable = true;
  private boolean crashing;
  private int lookedAtOnly;
  private @Nullable Instant elsewhere;

  Lab(Database database) {
    this.database = database;
    AuditTrail audit = new AuditTrail(new AuditLog(database, ids, this::now));
    PlaceTools tools = new PlaceTools(box(), new LocalRoots(List.of()), ids, this::now, audit);
    ServiceAccounts accounts = new ServiceAccounts(database, tools);
    locations = new StorageLocations(database, tools);
    instruments = new Instruments(database, accounts, tools);
    hooks = new Hooks(database, instruments, tools);
    project = ids.next();
    grants = new Grants(database, ids, this::now, audit, InstrumentAccess.GRANTS_VISIBILITY);
    catalog = new Catalog(database, new Visibility(_ -> List.of(), grants::instrumentsSeenBy));
    ledger = new Ledger(database, ids);
    HarvestTools harvest =
        new HarvestTools(
            database,
            new Ingest(database, new Ark("99999", "fk4")),
            grants,
            this::enter,
            (type, name) ->
                type == GranteeType.PROJECT && name.equals("water")
                    ? Optional.of(project)
                    : Optional.empty(),
            new Mover(ids, this::now),
            ids,
            this::now,
            Pause.SLEEP);
    jobs =
        new ManualJobs(
            database,
            this::now,
            new HarvestJob(
                harvest,
                new HarvestJob.Rules(instruments, locations, hooks, this::schedulesOf),
                new Doors(),
                new LateSchedules(),
                new HarvestJob.Told(_ -> {}, this::looked)));
    config.put("transport", "posix");
    config.put("stability_seconds", 0);
    instrument = instrumentNamed("NMR").id();
    location = newLocation("/keep");
  }

  private void looked(StandstillNotices.Look look) {
    new StandstillNotices(database, notices::add, this::now).looked(look);
    new CompletionNotices(database, notices::add, this::now).looked(look);
  }

  private void enter(List<CustodyEntry> entries) {
    if (crashing && entries.stream().anyMatch(entry -> entry.event() == CustodyEvent.REMOVED)) {
      throw new IllegalStateException("the server died");
    }
    ledger.append(entries);
  }

  /** Whether the server dies between the removal of an original and what is written of it. */
  void crashAfterRemoval(boolean now) {
    crashing = now;
  }

  /** The newest attempt on a file stands as a server leaves it that dies while it copies. */
  void cutOff(String path) {
    int cut =
        database.write(
            () ->
                database
                    .sql(
                        "update transfer set status = 'in_progress', error_code = null,"
                            + " error_message = null, retry_at = null, completed_at = null"
                            + " where latest = 1 and file_id = ?")
                    .param(file(path).id().hex())
                    .update());
    assertThat(cut).isEqualTo(1);
  }

  /**
   * A run as a server leaves it that dies before the end, of this schedule; the next one takes it
   * up.
   */
  Job cutOffAndTakenUp(Job run, Id schedule) {
    database.write(
        () ->
            database
                .sql("update job_step set state = 'running', finished_at = null where job_id = ?")
                .param(run.id().hex())
                .update());
    return cutOffAtItsEndAndTakenUp(run, schedule);
  }

  /** As the other, and all its steps had ended; only that it ended was not written any more. */
  Job cutOffAtItsEndAndTakenUp(Job run, Id schedule) {
    database.write(
        () ->
            database
                .sql(
                    "update job set state = 'running', finished_at = null, schedule_id = ? where id = ?")
                .params(schedule.hex(), run.id().hex())
                .update());
    jobs.recover();
    jobs.run();
    return jobs.jobs().find(run.id()).orElseThrow();
  }

  private List<Schedule> schedulesOf(Id which) {
    return jobs.schedules().list(HarvestOrder.schedules(which), 0, 100);
  }

  /** Those of an engine that is made after the job that asks for them. */
  private final class LateSchedules implements FurtherRuns.Scheduled {
    @Override
    public void noLaterThan(Id schedule, Instant due) {
      jobs.schedules().noLaterThan(schedule, due);
    }

    @Override
    public int failedInARow(Id schedule, int most) {
      return new ScheduledRuns(jobs.schedules(), jobs.jobs()).failedInARow(schedule, most);
    }

    @Override
    public Optional<Instant> underWaySince() {
      Optional<Instant> here = new ScheduledRuns(jobs.schedules(), jobs.jobs()).underWaySince();
      assertThat(here).as("the run that asks is itself under way").isPresent();
      return Stream.concat(here.stream(), Stream.ofNullable(elsewhere)).min(Instant::compareTo);
    }
  }

  private static SecretBox box() {
    Path file = TestFolders.create("lab").resolve("secrets.key");
    return new SecretBox(SecretKeys.open(file, new SecureRandom()), new SecureRandom());
  }

  private final class Doors implements HarvestJob.StoreDoor {
    @Override
    public Store open(Instrument which) {
      if (!reachable) {
        throw new StoreException(ErrorCode.STORE_UNREACHABLE, "The host does not answer.");
      }
      return source;
    }

    @Override
    public Store open(StorageLocation which) {
      Store target = targets.get(which.id());
      return full ? new FaultyStore(target).failWhen(Lab::takesRoom, ErrorCode.STORE_FULL) : target;
    }

    @Override
    public Store look(StorageLocation which) {
      lookedAtOnly++;
      return new ReadOnlyStore(targets.get(which.id()));
    }

    @Override
    public Instant begun() {
      return now.minusSeconds(1);
    }
  }

  Instant now() {
    if (growing) {
      now = now.plusSeconds(2);
    }
    return now;
  }

  void later(Duration time) {
    now = now.plus(time);
  }

  Instrument instrumentNamed(String name) {
    return instruments.create(Actor.HOUSE, draft(name));
  }

  private InstrumentDraft draft(String name) {
    return new InstrumentDraft(
        name,
        new InstrumentDraft.Address("", "", "/somewhere", null),
        new InstrumentDraft.About(null, null, null),
        "rclone",
        new LinkedHashMap<>(config),
        true);
  }

  private Id newLocation(String base) {
    StorageLocation made =
        locations.create(
            Actor.HOUSE,
            new StorageLocationDraft("store " + base, StorageType.POSIX, base, null, true));
    targets.put(made.id(), new FaultyStore(new MemoryStore(this::now)));
    return made.id();
  }

  void useAnotherStorageLocation() {
    location = newLocation("/second");
  }

  void stability(int seconds) {
    configure("stability_seconds", seconds);
  }

  void minimumAge(int seconds) {
    configure("min_age_seconds", seconds);
  }

  /** The paths that are remembered because they may still be written to. */
  List<String> restless() {
    return List.copyOf(new UnstableTable(database).of(instrument).keySet());
  }

  void moving() {
    configure("delete_source", true);
  }

  private void configure(String key, Object value) {
    config.put(key, value);
    instruments.update(Actor.HOUSE, instrument, _ -> draft("NMR"));
  }

  void put(String path, String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    disk.write(
        new ObjectPath(path), new ByteArrayInputStream(bytes), WriteOptions.replace(bytes.length));
  }

  void rewriteKeepingTime(String path, String text) {
    Instant before = source.stat(new ObjectPath(path)).orElseThrow().modified();
    put(path, text);
    disk.setModified(new ObjectPath(path), before);
  }

  void growsWhileWatched(String path) {
    growing = true;
    source.before(
        Operation.STAT,
        looked -> {
          if (growing && looked.text().equals(path)) {
            put(path, "abc".repeat(++looks + 1));
          }
        });
  }

  void standsStill() {
    growing = false;
  }

  void refuseChanges() {
    configure("on_change", "fail");
  }

  void ignoreChanges() {
    configure("on_change", "ignore");
  }

  /** Something stands in the storage location that no harvest put there. */
  void occupy(String path, String text) {
    byte[] content = text.getBytes(StandardCharsets.UTF_8);
    targets
        .get(location)
        .write(
            new ObjectPath(path),
            new ByteArrayInputStream(content),
            WriteOptions.create(content.length));
  }

  /** A copy that a run which began then has not finished. */
  String leftover(Instant begun) {
    String path = ".entrepot-staging/" + new IdSource(() -> begun, new Random(4)).next() + "-0";
    occupy(path, "half");
    return path;
  }

  boolean holds(String path) {
    return targets.get(location).stat(new ObjectPath(path)).isPresent();
  }

  /** Since when a harvest is under way on another server; null for none. */
  void underWayElsewhere(@Nullable Instant since) {
    elsewhere = since;
  }

  /** How often a storage location was opened without the right to write. */
  int lookedAtOnly() {
    return lookedAtOnly;
  }

  /** A second look at this path is refused; time goes on while a run waits. */
  void refuseLookAt(String path, ErrorCode code) {
    growing = true;
    source.failWhen(
        (operation, what) -> operation == Operation.STAT && what.text().equals(path), code);
  }

  void clear(String path) {
    targets.get(location).delete(new ObjectPath(path));
  }

  /** Its first byte is another one from now on, and nothing that can be looked at tells. */
  void changeUnseen(String path) {
    source.flipOnRead(what -> what.text().equals(path), 0);
  }

  /** The storage location keeps other bytes than it is given, and says all is well. */
  void spoilWrites() {
    targets.get(location).flipOnWrite(_ -> true, 0);
  }

  void refuseListing(String folder) {
    source.failWhen(
        (operation, what) -> operation == Operation.LIST && what.text().equals(folder),
        ErrorCode.STORE_ACCESS_DENIED);
  }

  /** The instrument names this as no path can be named. */
  void refuseName(String path) {
    source.failWhen(
        (operation, what) -> operation == Operation.LIST_CHILD && what.text().equals(path),
        ErrorCode.NAME_REFUSED);
  }

  void refuseReading(String path) {
    failReading(path, ErrorCode.STORE_READ_FAILED);
  }

  /** Somebody asks that a file which failed is tried again. */
  void askAgain(String path) {
    Ingest ingest = new Ingest(database, new Ark("99999", "fk4"));
    assertThat(database.write(() -> ingest.retryNow(file(path).id(), now))).isTrue();
  }

  void failReading(String path, ErrorCode code) {
    source.failWhen(
        (operation, what) -> operation == Operation.READ && what.text().equals(path), code);
  }

  void refuseRemoval() {
    source.failWhen((operation, _) -> operation == Operation.DELETE, ErrorCode.STORE_ACCESS_DENIED);
  }

  /** The copy of a file is lost just when its original is looked at to be removed. */
  void loseCopyOf(String path) {
    source.before(
        Operation.STAT,
        looked -> {
          if (looked.text().equals(path)) {
            clear("NMR/" + path);
          }
        });
  }

  /** Somebody cancels the run while this is read. */
  void cancelWhileReading(String path) {
    source.before(
        Operation.READ,
        read -> {
          if (read.text().equals(path)) {
            jobs.jobs().cancel(newestRun(), Actor.HOUSE);
          }
        });
  }

  private Id newestRun() {
    return jobs.jobs().list(JobFilter.kind(HarvestJob.NAME), null, 1).items().getFirst().id();
  }

  void vanish(String path) {
    disk.delete(new ObjectPath(path));
  }

  void allowReading() {
    source.heal();
  }

  void reachable(boolean now) {
    reachable = now;
  }

  /** Whether the disk of the storage locations has no room left. */
  void full(boolean now) {
    full = now;
  }

  private static boolean takesRoom(Operation operation, ObjectPath path) {
    return operation == Operation.WRITE || operation == Operation.WRITE_BYTES;
  }

  Job harvest() {
    return run(HarvestOrder.parameters(instrument, location));
  }

  /** Looks only at paths that begin so. */
  Job harvestBelow(String prefix) {
    return run(HarvestOrder.parameters(instrument, location).put("path_prefix", prefix));
  }

  /** Harvests into the storage location at the turn of the year, unless it is off. */
  Id yearly(boolean enabled) {
    ScheduleOrder order =
        new ScheduleOrder(
            HarvestJob.NAME,
            HarvestOrder.subject(instrument),
            HarvestOrder.parameters(instrument, location),
            ScheduleOrder.Timing.utc("0 0 1 1 *"),
            enabled);
    return jobs.schedules().create(order, Actor.HOUSE).id();
  }

  /** A change that leaves everything as it was. */
  void touch(Id schedule) {
    jobs.schedules().update(schedule, jobs.schedules().find(schedule).orElseThrow().order());
  }

  /** Takes what it is about as it is, but starts nothing by itself any more. */
  void switchOff(Id schedule) {
    ScheduleOrder order = jobs.schedules().find(schedule).orElseThrow().order();
    jobs.schedules()
        .update(
            schedule,
            new ScheduleOrder(
                order.kind(), order.subject(), order.parameters(), order.timing(), false));
  }

  Job trigger(Id schedule) {
    Job job =
        jobs.schedules()
            .trigger(schedule, JsonNodeFactory.instance.objectNode(), null, Actor.HOUSE);
    jobs.run();
    return jobs.jobs().find(job.id()).orElseThrow();
  }

  /** Lets time go by with an eye on the schedules each minute; the runs that they started. */
  int runsWithin(Duration time) {
    int before = runs();
    for (Instant end = now.plus(time); now.isBefore(end); ) {
      later(Duration.ofMinutes(1));
      jobs.fire();
      jobs.run();
    }
    return runs() - before;
  }

  private int runs() {
    return jobs.jobs().list(JobFilter.kind(HarvestJob.NAME), null, 1_000).items().size();
  }

  /** What administrators were told about, oldest first. */
  List<String> notices() {
    return notices.stream()
        .filter(notice -> notice.severity() != Severity.SUCCESS)
        .map(Announcement::event)
        .toList();
  }

  /** All that was announced, oldest first. */
  List<Announcement> announced() {
    return List.copyOf(notices);
  }

  Job rescan() {
    return run(HarvestOrder.parameters(instrument, location).put("force_rescan", true));
  }

  Job dryRun() {
    return run(HarvestOrder.parameters(instrument, location).put("dry_run", true));
  }

  private Job run(ObjectNode parameters) {
    Job job =
        jobs.jobs()
            .start(
                JobOrder.of(
                    HarvestJob.NAME, HarvestOrder.subject(instrument), parameters, Actor.HOUSE));
    jobs.run();
    return jobs.jobs().find(job.id()).orElseThrow();
  }

  Hook filter(Map<String, @Nullable Object> settings) {
    return hook("file_filter", HookDraft.Point.PRE_TRANSFER, settings);
  }

  void enrich(String pattern) {
    hook(
        "metadata_enrichment",
        HookDraft.Point.POST_TRANSFER,
        Map.of("rules", List.of(Map.of("pattern", pattern))));
  }

  void grantToProjectNamedBy(String field) {
    hook(
        "access_assignment",
        HookDraft.Point.POST_TRANSFER,
        Map.of("grants", List.of(Map.of("grantee_type", "project", "match_field", field))));
  }

  private Hook hook(String builtin, HookDraft.Point point, Map<String, @Nullable Object> settings) {
    return hooks.create(
        Actor.HOUSE,
        hookDraft(
            point,
            new HookDraft.Action(HookDraft.Implementation.BUILTIN, builtin, null, null),
            settings));
  }

  Hook webhook() {
    return hooks.create(
        Actor.HOUSE,
        hookDraft(
            HookDraft.Point.PRE_TRANSFER,
            new HookDraft.Action(
                HookDraft.Implementation.HTTP_WEBHOOK, null, null, "https://lab.example/hook"),
            Map.of()));
  }

  void change(Hook hook, Map<String, @Nullable Object> settings) {
    hooks.update(Actor.HOUSE, hook.id(), old -> hookDraft(old.point(), old.action(), settings));
  }

  void switchOff(Hook hook) {
    hooks.delete(Actor.HOUSE, hook.id());
  }

  private static HookDraft hookDraft(
      HookDraft.Point point, HookDraft.Action action, Map<String, @Nullable Object> settings) {
    return new HookDraft("a hook", null, point, action, settings, null, 0, true);
  }

  Id projectNamed(String name) {
    return name.equals("water") ? project : ids.next();
  }

  List<Id> grantees(Id file) {
    return grants.ofFile(file).stream().map(Grant::grantee).toList();
  }

  Instruments instruments() {
    return instruments;
  }

  Instrument instrument() {
    return instruments.live(instrument);
  }

  Catalog catalog() {
    return catalog;
  }

  Jobs jobs() {
    return jobs.jobs();
  }

  Store source() {
    return source;
  }

  List<CatalogFile> files() {
    return catalog.files(Actor.HOUSE, FileQuery.ALL, 0, 100);
  }

  CatalogFile file(String path) {
    return files().stream()
        .filter(file -> file.sourcePath().equals(path))
        .findFirst()
        .orElseThrow();
  }

  List<FileVersion> versions(Id file) {
    return catalog.versions(Actor.HOUSE, file);
  }

  List<Transfer> transfers(TransferQuery query) {
    return catalog.transfers(Actor.HOUSE, query, 0, 100);
  }

  Transfer newestTransfer(CatalogFile file) {
    return transfers(TransferQuery.ofFile(file.id())).getFirst();
  }

  FileStory story(Id file) {
    return ledger.story(file);
  }

  String stored(String path) {
    Store target = targets.get(location);
    try (InputStream in = target.read(new ObjectPath(path), ReadOptions.WHOLE)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  List<String> storedNames() {
    List<String> names = new ArrayList<>();
    new TreeWalk(targets.get(location), "", ALL_CAN_BE_WALKED)
        .forEachRemaining(found -> names.add(found.path()));
    return names;
  }

  @Override
  public void close() {
    database.close();
  }
}
