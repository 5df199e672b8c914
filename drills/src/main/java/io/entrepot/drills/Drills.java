// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills;

import io.entrepot.drills.custody.LedgerDrill;
import io.entrepot.drills.exhaustion.FullDiskDrill;
import io.entrepot.drills.exhaustion.IoErrorsDrill;
import io.entrepot.drills.exhaustion.ScarceDrill;
import io.entrepot.drills.exhaustion.SlowClientsDrill;
import io.entrepot.drills.harvest.DuplicatesDrill;
import io.entrepot.drills.harvest.GrowingDrill;
import io.entrepot.drills.harvest.KillDrill;
import io.entrepot.drills.harvest.LargeDrill;
import io.entrepot.drills.harvest.LinkLossDrill;
import io.entrepot.drills.harvest.NamesDrill;
import io.entrepot.drills.harvest.PowerCutDrill;
import io.entrepot.drills.harvest.ShortSourceDrill;
import io.entrepot.drills.harvest.SyncPointDrill;
import io.entrepot.drills.harvest.TreeDrill;
import io.entrepot.drills.jobs.ClocksDrill;
import io.entrepot.drills.jobs.StopDrill;
import io.entrepot.drills.jobs.TakeoverDrill;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.SuiteDrill;
import io.entrepot.drills.kit.Verdict;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/** The command line {@code ./entrepot drill}. */
public final class Drills {

  private static final int FAULTS = 1;
  private static final int MISUSE = 2;
  private static final int OBSTACLES = 3;

  private static final Map<String, Function<DrillSettings, Drill>> BOOK = book();

  private Drills() {}

  private static Map<String, Function<DrillSettings, Drill>> book() {
    Map<String, Function<DrillSettings, Drill>> book = new LinkedHashMap<>();
    book.put("kill", KillDrill::new);
    book.put("stop", StopDrill::new);
    book.put("syncpoint", SyncPointDrill::new);
    book.put("powercut", PowerCutDrill::new);
    book.put("growing", GrowingDrill::new);
    book.put("duplicates", DuplicatesDrill::new);
    book.put("shortsource", ShortSourceDrill::new);
    book.put("linkloss", LinkLossDrill::new);
    book.put("names", NamesDrill::new);
    book.put("ledger", LedgerDrill::new);
    book.put("upgrade", settings -> new SuiteDrill(settings, "KilledMigrationTest"));
    book.put("calendar", settings -> new SuiteDrill(settings, "CronOracleTest"));
    book.put("jobstates", settings -> new SuiteDrill(settings, "KilledCrewTest"));
    book.put("manyjobs", settings -> new SuiteDrill(settings, "ManyJobsTest"));
    book.put("freeze", settings -> new SuiteDrill(settings, "FrozenCrewDrill"));
    book.put("poison", settings -> new SuiteDrill(settings, "PoisonedCrewDrill"));
    book.put("clocks", ClocksDrill::new);
    book.put("takeover", TakeoverDrill::new);
    book.put(
        "matrix",
        settings ->
            new SuiteDrill(settings, "WhoMayCallTest", "WhoSeesWhatTest", "MassAssignmentTest"));
    book.put("origins", settings -> new SuiteDrill(settings, "ForeignOriginTest"));
    book.put("secrets", settings -> new SuiteDrill(settings, "SecretsTest", "LogFilesTest"));
    book.put(
        "tokens", settings -> new SuiteDrill(settings, "ForgedTokensTest", "ForgedIdTokensTest"));
    book.put("sessions", settings -> new SuiteDrill(settings, "SessionEndsTest"));
    book.put("guessing", settings -> new SuiteDrill(settings, "GuessingTest"));
    book.put("outgoing", settings -> new SuiteDrill(settings, "ForbiddenTargetsTest"));
    book.put("malformed", settings -> new SuiteDrill(settings, "MalformedRequestsTest"));
    book.put("fulldisk", FullDiskDrill::new);
    book.put("ioerrors", IoErrorsDrill::new);
    book.put("slowclients", SlowClientsDrill::new);
    book.put("scarce", ScarceDrill::new);
    book.put("large", LargeDrill::new);
    book.put("tree", TreeDrill::new);
    return book;
  }

  /** What drills are called, in the order they run. */
  static Set<String> names() {
    return BOOK.keySet();
  }

  private static String usage() {
    return "usage: ./entrepot drill [--full | --short] [--seed N] [--work DIR] ["
        + String.join("] [", names())
        + "]";
  }

  public static void main(String[] arguments) {
    DrillSettings settings;
    try {
      settings = DrillSettings.parse(List.of(arguments), BOOK.keySet());
    } catch (IllegalArgumentException e) {
      System.err.println("drill: " + e.getMessage() + "\n" + usage());
      System.exit(MISUSE);
      return;
    }
    System.exit(run(settings));
  }

  /** The worst of all verdicts, as an exit status: a fault that was found before an obstacle. */
  private static int run(DrillSettings settings) {
    List<String> verdicts = new ArrayList<>();
    Set<Verdict.Kind> kinds = EnumSet.noneOf(Verdict.Kind.class);
    for (String name : settings.names()) {
      System.out.printf("== %s (seed %d, %s)%n", name, settings.seed(), settings.size());
      Verdict verdict = verdict(name, settings);
      verdicts.add(name + ": " + verdict.text());
      kinds.add(verdict.kind());
    }
    verdicts.forEach(System.out::println);
    if (kinds.contains(Verdict.Kind.RED)) {
      return FAULTS;
    }
    return kinds.contains(Verdict.Kind.CANNOT) ? OBSTACLES : 0;
  }

  private static Verdict verdict(String name, DrillSettings settings) {
    Function<DrillSettings, Drill> made = BOOK.get(name);
    if (made == null) {
      throw new IllegalArgumentException("no drill is called " + name);
    }
    try {
      return made.apply(settings).run();
    } catch (RuntimeException e) {
      return Verdict.cannot("be carried through: " + e);
    }
  }
}
