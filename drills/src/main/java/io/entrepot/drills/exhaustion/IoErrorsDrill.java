// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.exhaustion;

import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalServer.Request;
import io.entrepot.drills.exhaustion.Everyday.Answer;
import io.entrepot.drills.kit.CrashShim;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.FaultShim;
import io.entrepot.drills.kit.FaultShim.Call;
import io.entrepot.drills.kit.Pauses;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Verdict;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Pattern;
import tools.jackson.databind.JsonNode;

/**
 * Disks of a server fail in turn: reads, writes and flushes of its storage location, its database
 * and its checkpoints end with an input/output error, and flushes are held up. What could not be
 * read is not called damaged; what was not flushed is not called kept, and nothing more is written
 * there until somebody looked; what was acknowledged is there in the end.
 */
public final class IoErrorsDrill implements Drill {

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration A_RUN = Duration.ofSeconds(40);
  private static final int SMALL = 200 << 10;

  /** What a transfer says that a disk failed. */
  private static final Pattern REASON = Pattern.compile("system (reports )?error 5\\b");

  private final int rounds;
  private final Duration stall;
  private final DrillState state;
  private final List<String> faults = new ArrayList<>();
  private int failed;

  public IoErrorsDrill(DrillSettings settings) {
    this.rounds = settings.bySize(1, 1, 20);
    this.stall = Duration.ofSeconds(settings.bySize(3, 4, 30));
    this.state = DrillState.open(settings.work().resolve("ioerrors-" + rounds), settings.seed());
  }

  @Override
  public Verdict run() {
    if (!CrashShim.buildable()) {
      return Verdict.cannot("gcc is not installed");
    }
    return state.verdict(this::failEach);
  }

  private Verdict failEach() {
    while (state.done() < rounds) {
      Path root = state.fresh("scene");
      try (Scene scene = new Scene(root)) {
        round(scene, new Random(state.seed() + state.done()));
        boolean clean = scene.judged();
        faults.forEach(fault -> System.out.println("  " + fault));
        if (!clean || !faults.isEmpty()) {
          return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
        }
      }
      state.advance();
    }
    String text = "%d rounds, %d calls failed or held up, seed %d";
    Verdict verdict = Verdict.green(text.formatted(rounds, failed, state.seed()));
    state.close();
    return verdict;
  }

  private void round(Scene scene, Random random) {
    FaultShim shim = new FaultShim(scene.folder("shim"));
    try (LocalServer server = scene.start(shim.environment());
        Everyday everyday = new Everyday(scene, server, random)) {
      Faulty faulty = new Faulty(scene, shim, everyday);
      faulty.reading();
      faulty.writing();
      faulty.flushing();
      faulty.records();
      faulty.stalls();
      scene.acknowledge(everyday.session());
      faulty.flushingRecords();
    }
    shim.heal();
    checkpoints(scene, shim, random);
    failed += shim.count();
    try (LocalServer server = scene.start(shim.environment());
        Everyday everyday = new Everyday(scene, server, random, true)) {
      wanted(everyday.change(), "after a new start, a change");
      scene.drain(everyday.session());
      scene.acknowledge(everyday.session());
    }
  }

  /** What the ledger signs lies beside it; the last of a life is signed as it ends. */
  private void checkpoints(Scene scene, FaultShim shim, Random random) {
    int before = shim.count();
    try (LocalServer server = scene.start(shim.environment());
        Everyday everyday = new Everyday(scene, server, random, true)) {
      shim.fail(Call.FSYNC, scene.data().resolve("checkpoints"));
      String path = everyday.measure(SMALL);
      Answer asked = everyday.trigger();
      demand(
          asked.isOk() && everyday.completes(asked.text(), A_RUN) && everyday.isKept(path),
          "while checkpoints cannot be flushed, a harvest does not succeed: " + asked);
      demand(server.stop(Request.TERM, A_RUN).isPresent(), "a server without checkpoints stays");
    }
    demand(shim.count() > before, "no flush of a checkpoint ever failed");
    shim.heal();
  }

  private void wanted(Answer answer, String what) {
    demand(answer.isOk(), what + " is not done: " + answer);
  }

  private void demand(boolean holds, String otherwise) {
    if (!holds) {
      faults.add(otherwise);
    }
  }

  /** One server and what befalls its disks. */
  private final class Faulty {

    private final Scene scene;
    private final FaultShim shim;
    private final Everyday everyday;
    private final String location;

    Faulty(Scene scene, FaultShim shim, Everyday everyday) {
      this.scene = scene;
      this.shim = shim;
      this.everyday = everyday;
      this.location = everyday.location();
    }

    /** A new file is harvested. */
    private String harvested(String when) {
      String path = everyday.measure(SMALL);
      Answer asked = everyday.trigger();
      demand(
          asked.isOk() && everyday.completes(asked.text(), A_RUN) && everyday.isKept(path),
          when + " a harvest does not succeed: " + asked);
      return path;
    }

    /** A new file is harvested while this fails; answers the file. */
    private String failing(Call call, Path where, String code) {
      String path = everyday.measure(SMALL);
      int before = shim.count();
      shim.fail(call, where);
      Answer asked = everyday.trigger();
      JsonNode run = asked.isOk() ? everyday.ended(asked.text(), A_RUN) : null;
      demand(shim.count() > before, "no " + call + " of " + where + " ever failed");
      String told = run == null ? asked.toString() : run + " " + everyday.file(path);
      demand(
          run != null && !run.path("finished_at").isNull(),
          call + " of " + where + " failed, and the run did not end: " + told);
      demand(
          run != null && says(run, path, code),
          call + " of " + where + " failed, and the run did not say so: " + told);
      demand(!everyday.isKept(path), call + " of " + where + " failed, and its file is kept");
      return path;
    }

    /** The run has this code, or the file's transfer failed for a reason that is told. */
    private boolean says(JsonNode run, String path, String code) {
      JsonNode last = everyday.transfer(path);
      return run.path("error_code").asString("").equals(code)
          || last.path("status").asString("").equals("failed")
              && REASON.matcher(last.path("error_message").asString("")).find();
    }

    /** What cannot be read is not damaged. */
    void reading() {
      String id = everyday.file(harvested("at first,")).path("id").asString();
      shim.fail(Call.READ, scene.store().resolve("line"));
      Answer unread = everyday.content(id);
      demand(unread.status() == 502, "a copy that cannot be read is told of so: " + unread);
      demand(!unread.text().contains("MISMATCH"), "unread is called damaged: " + unread);
      shim.heal();
      wanted(everyday.content(id), "after a read failed, reading");
      failing(Call.READ, scene.folder("line"), "STORE_READ_FAILED");
      shim.heal();
      harvested("after the instrument could not be read,");
    }

    void writing() {
      failing(Call.WRITE, scene.store(), "STORE_WRITE_FAILED");
      shim.heal();
      harvested("after a copy could not be written,");
    }

    /**
     * A failed flush is told once: what comes after it may be no success before somebody looked.
     */
    void flushing() {
      failing(Call.FSYNC, scene.store(), "STORE_READ_ONLY");
      shim.heal();
      Answer ready = everyday.ready();
      demand(ready.status() == 503 && ready.text().contains("storage"), "no alarm: " + ready);
      String path = everyday.measure(SMALL);
      Answer asked = everyday.trigger();
      JsonNode run = everyday.ended(asked.text(), A_RUN);
      demand(!everyday.isKept(path), "after a failed flush another copy is called kept: " + run);
      everyday.session().get("/api/storage-locations/" + location + "/test");
      harvested("after the location was tested,");
      wanted(everyday.ready(), "after the location was tested, /health/ready");
    }

    /** The database's own file, and what is logged ahead of it. */
    void records() {
      int before = shim.count();
      shim.fail(Call.WRITE, scene.data().resolve("entrepot.db"));
      Answer change = everyday.change();
      demand(shim.count() > before, "no write of the database ever failed");
      demand(change.status() >= 500, "a change that was not written is acknowledged: " + change);
      wanted(everyday.alive(), "while the database cannot be written, /health");
      shim.heal();
      wanted(everyday.change(), "after the database could not be written, a change");
      shim.fail(Call.READ, scene.data().resolve("entrepot.db"));
      unread();
      shim.heal();
      wanted(everyday.list(), "after the database could not be read, a list");
      harvested("after the database failed,");
    }

    /** What lies in its memory can be told all the same; what does not is not made up. */
    private void unread() {
      int before = shim.count();
      long end = System.nanoTime() + A_RUN.toNanos();
      while (shim.count() == before && System.nanoTime() < end) {
        Answer list = everyday.list();
        boolean failed = shim.count() > before;
        demand(
            failed ? list.isOk() || list.status() >= 500 : list.isOk(),
            "an unread database is told of so: " + list);
        everyday.change();
      }
      demand(shim.count() > before, "no read of the database ever failed");
    }

    /** While a flush takes long, whoever reads does not wait. */
    void stalls() {
      for (Path where : List.of(scene.store(), scene.data().resolve("entrepot.db"))) {
        String path = everyday.measure(SMALL);
        int before = shim.count();
        Answer asked = everyday.trigger();
        shim.stall(Call.FSYNC, stall, where);
        CompletableFuture<Answer> change = CompletableFuture.supplyAsync(everyday::change);
        long end = System.nanoTime() + stall.toNanos();
        while (System.nanoTime() < end) {
          Answer list = everyday.list();
          demand(
              list.isOk() && list.took().compareTo(SOON) < 0,
              "while a flush of %s takes long: %s".formatted(where, list));
          Pauses.sleep(Duration.ofMillis(100));
        }
        shim.heal();
        demand(shim.count() > before, "no flush of " + where + " was held up");
        Answer changed = change.join();
        demand(
            changed.isOk() || changed.status() >= 500, "after a flush that took long: " + changed);
        demand(
            asked.isOk() && everyday.completes(asked.text(), A_RUN.plus(stall)),
            "after a flush of %s that took long the run does not complete".formatted(where));
        demand(everyday.isKept(path), "after a flush that took long its file is not kept");
      }
    }

    /** The last: nothing is written by this server any more. */
    void flushingRecords() {
      int before = shim.count();
      shim.fail(Call.FSYNC, scene.data().resolve("entrepot.db"));
      Answer change = everyday.change();
      demand(shim.count() > before, "no flush of the database ever failed");
      demand(change.status() == 503, "a change that was not flushed is refused: " + change);
      shim.heal();
      Answer later = everyday.change();
      demand(later.status() == 503, "after a failed flush a change is refused: " + later);
      Answer ready = everyday.ready();
      demand(ready.status() == 503 && ready.text().contains("database"), "no alarm: " + ready);
      wanted(everyday.list(), "after a failed flush, a list");
    }
  }
}
