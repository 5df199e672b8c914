// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalPostgresql;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServerSettings;
import io.entrepot.client.local.LocalServerSettings.Administrator;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.MissingNode;

/** The folders and the journal of one drill, and how its server is started, worked and read. */
public final class Scene implements AutoCloseable {

  private static final Administrator ADMINISTRATOR =
      new Administrator("drill@example.org", "canary-3f60a8d19b57c2e4-administrator");

  /** The compiler that optimises least starts soonest, and drills start the server often. */
  private static final List<String> QUICK_START =
      List.of("-XX:TieredStopAtLevel=1", "-XX:-UsePerfData");

  /** What the journal's folder is called. */
  private static final String JOURNAL = "journal";

  /** Schedules here are triggered, never due. */
  private static final String YEARLY = "0 0 1 1 *";

  private static final Duration DRAIN = Duration.ofMinutes(10);

  /** How long a server that has nothing to do may take to close what it had open. */
  private static final Duration SETTLING = Duration.ofSeconds(20);

  /** The data directory of the first server, and of the only one where there is one. */
  private static final String FIRST = "data";

  private static final String DATABASE = "entrepot";

  private final Path root;
  private final @Nullable LocalPostgresql records;
  private final Journal journal;
  private final Set<String> seen = new HashSet<>();
  private final Set<Path> servers = new LinkedHashSet<>();
  private final Map<Long, Integer> openAtFirst = new HashMap<>();

  /**
   * @param root made when it is not there
   */
  public Scene(Path root) {
    this(root, null);
  }

  /**
   * Of several servers on one PostgreSQL.
   *
   * @param records running and new
   */
  public Scene(Path root, @Nullable LocalPostgresql records) {
    this.root = root;
    this.records = records;
    if (records != null) {
      records.ask("postgres", "create database " + DATABASE);
    }
    try {
      Files.createDirectories(root.resolve("store"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    this.servers.add(data());
    this.journal = new Journal(FolderApart.make(root.resolve(JOURNAL)));
  }

  public Journal journal() {
    return journal;
  }

  public Path data() {
    return root.resolve(FIRST);
  }

  public Path store() {
    return root.resolve("store");
  }

  /** What the first server wrote to its output, in all its lives. */
  public String output() {
    try {
      return Files.readString(
          LocalServerSettings.of(DrillSettings.home(), data(), ADMINISTRATOR).log());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A folder of this drill, made when it is not there. */
  public Path folder(String name) {
    try {
      return Files.createDirectories(root.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A server that is ready. */
  public LocalServer start(Map<String, String> environment) {
    return start(settings(FIRST, environment));
  }

  /**
   * A server that is ready, with settings of the drill's own.
   *
   * @param change what is different from every other drill
   */
  public LocalServer start(UnaryOperator<LocalServerSettings> change) {
    return start(change.apply(settings(FIRST, Map.of())));
  }

  /**
   * One more server on the same records, that is ready.
   *
   * @param name of its data directory; a new one gets the keys of the first
   */
  public LocalServer startBeside(String name) {
    Path keys = root.resolve(name).resolve("keys");
    if (Files.notExists(keys)) {
      folder(name);
      Folders.copy(data().resolve("keys"), keys);
    }
    return start(settings(name, Map.of()));
  }

  /** One that has lived before has to be able to live again, whatever was done to it. */
  private LocalServer start(LocalServerSettings settings) {
    boolean again = Files.exists(settings.data().resolve("logs"));
    try {
      return startOnce(settings);
    } catch (IllegalStateException unready) {
      if (again) {
        throw new FaultException(
            "a server does not start any more: " + unready.getMessage(), unready);
      }
      throw unready;
    }
  }

  private LocalServer startOnce(LocalServerSettings settings) {
    Contention contention = new Contention();
    LocalServer server = LocalServer.start(settings);
    try {
      Duration ready = server.awaitReady();
      journal.ready(ready, contention.share(server.processorTime()));
      return server;
    } catch (RuntimeException e) {
      server.kill();
      throw e;
    }
  }

  /** A server that may not answer yet. */
  public LocalServer launch(Map<String, String> environment) {
    return LocalServer.launch(settings(FIRST, environment));
  }

  private LocalServerSettings settings(String name, Map<String, String> environment) {
    servers.add(root.resolve(name));
    journal.secret("password of the administrator", ADMINISTRATOR.password());
    return LocalServerSettings.of(DrillSettings.home(), root.resolve(name), ADMINISTRATOR)
        .withJvmOptions(QUICK_START)
        .withEnvironment(environment)
        .withArguments(database());
  }

  private List<String> database() {
    return records == null
        // Data directories are copied again and again, and what is kept for a full disk is most of
        // one.
        ? List.of("--entrepot.database.reserve=0")
        : List.of(
            "--entrepot.database.url=" + records.url(DATABASE),
            "--entrepot.database.user=" + LocalPostgresql.USER);
  }

  /** What the records answer to a statement, where they are in PostgreSQL. */
  public String ask(String statement) {
    return Objects.requireNonNull(records).ask(DATABASE, statement);
  }

  /** Where the records are, as PostgreSQL's own programs take it; empty for the data directory. */
  public Optional<String> recordsElsewhere() {
    return Optional.ofNullable(records).map(it -> it.connection(DATABASE));
  }

  public Session session(LocalServer server) {
    return Session.open(server.address(), ADMINISTRATOR.email(), ADMINISTRATOR.password(), journal);
  }

  /** A storage location in this scene's store. */
  public String storage(Harvest harvest) {
    return harvest.storage("store", store().toString());
  }

  /** A schedule that is only triggered. */
  public String schedule(Harvest harvest, String instrument, String storage) {
    return harvest.schedule(instrument, storage, YEARLY, true);
  }

  /** The schedules there are, oldest first. */
  public static List<String> schedules(Session session) {
    return session
        .get("/api/schedules?limit=500")
        .path("items")
        .valueStream()
        .map(schedule -> schedule.path("id").asString())
        .toList();
  }

  /** The record of the file with this name; a missing node when there is none. */
  public static JsonNode named(JsonNode files, String path) {
    return files
        .valueStream()
        .filter(file -> file.path("source_path").asString().equals(path))
        .findFirst()
        .orElseGet(MissingNode::getInstance);
  }

  /** Runs every schedule, and all that waited before, to its end, so that nothing is left to do. */
  public void drain(Session session) {
    Harvest harvest = new Harvest(session);
    for (String schedule : schedules(session)) {
      harvest.await(harvest.trigger(schedule), DRAIN);
    }
    long end = System.nanoTime() + DRAIN.toNanos();
    while (isBusy(session)) {
      if (System.nanoTime() > end) {
        throw new FaultException("runs still wait after " + DRAIN);
      }
      Pauses.sleep(Duration.ofMillis(100));
    }
  }

  private static boolean isBusy(Session session) {
    return session
        .get("/api/runs?limit=500")
        .valueStream()
        .anyMatch(run -> run.path("finished_at").isNull());
  }

  /**
   * Writes down each file that the server shows as kept and that was not written down before, and
   * takes its checkpoints out of its reach.
   */
  public void acknowledge(Session session) {
    List<Journal.Kept> shown = new ArrayList<>();
    for (JsonNode file : session.get("/api/files")) {
      String sha256 = file.path("sha256").asString("");
      if (!sha256.isEmpty() && seen.add(file.path("id").asString() + sha256)) {
        String path = file.path("source_path").asString();
        shown.add(new Journal.Kept(path, file.path("persistent_id").asString(), sha256));
      }
    }
    journal.kept(shown);
    copyOff();
  }

  /** Every server signs what it has sealed. */
  private void copyOff() {
    servers.forEach(journal::copyOff);
  }

  /**
   * Writes down how many files an idle server has open. One that has more open than the first time
   * gets a while to close them.
   */
  public void countOpenFiles(LocalServer server) {
    long end = System.nanoTime() + SETTLING.toNanos();
    int first = openAtFirst.computeIfAbsent(server.pid(), _ -> server.openFiles().orElse(0));
    int count = server.openFiles().orElse(0);
    while (count > first && System.nanoTime() < end) {
      Pauses.sleep(Duration.ofMillis(500));
      count = server.openFiles().orElse(0);
    }
    journal.openFiles(server.pid(), count);
  }

  /** Judges, and prints what was found. */
  public boolean judged() {
    // The last checkpoint of a life is signed when it ends.
    copyOff();
    return new Auditor(this).judge(true).clean();
  }

  /** Where else than in the data directory something of the server's may stand. */
  public List<Path> traces() {
    try (Stream<Path> beside = Files.list(root)) {
      return Stream.concat(
              beside.filter(path -> isOfAServer(path.getFileName().toString())),
              Stream.of(journal.answers()))
          .filter(Files::exists)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Its output, what it needs while it runs, the data directory of another one. */
  private static boolean isOfAServer(String name) {
    return name.startsWith(FIRST) && !name.equals(FIRST);
  }

  @Override
  public void close() {
    journal.close();
  }
}
