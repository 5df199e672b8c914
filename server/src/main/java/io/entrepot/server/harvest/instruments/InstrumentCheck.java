// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.EntrepotException;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.Kind;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Store;
import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/**
 * Tries a connection step by step, so that a person sees which step fails: open, list, read one
 * file.
 */
public final class InstrumentCheck {

  private static final int MOST_LISTED = 10_000;
  private static final int READ_SIZE = 1 << 16;

  /**
   * One step of a connection test.
   *
   * @param good whether it went well; steps after a bad one are not made
   * @param detail what was found, or what is wrong and what to do
   */
  public record Step(String name, boolean good, String detail, Duration took) {}

  private interface Trial {
    String run() throws IOException;
  }

  /** The steps in the order in which they are made; the last needs a file to read. */
  public static final List<String> STEPS = List.of("Connect", "List the folder", "Read one file");

  private final Predicate<Step> heard;
  private final InstantSource clock;
  private final List<Step> steps = new ArrayList<>();
  private Optional<ObjectStat> sample = Optional.empty();

  private InstrumentCheck(Predicate<Step> heard, InstantSource clock) {
    this.heard = heard;
    this.clock = clock;
  }

  /**
   * Makes the steps on what this opens, and closes it.
   *
   * @param heard is told of each step when it was made; false when nobody waits for more
   */
  public static List<Step> of(Supplier<Store> door, Predicate<Step> heard, InstantSource clock) {
    InstrumentCheck check = new InstrumentCheck(heard, clock);
    List<Store> opened = new ArrayList<>();
    try {
      if (check.step(STEPS.get(0), () -> connect(door, opened))) {
        Store store = opened.getFirst();
        if (check.step(STEPS.get(1), () -> check.list(store))) {
          check.sample.ifPresent(file -> check.step(STEPS.get(2), () -> read(store, file)));
        }
      }
    } finally {
      opened.forEach(Store::close);
    }
    return List.copyOf(check.steps);
  }

  private boolean step(String name, Trial trial) {
    Instant begun = clock.instant();
    boolean good = true;
    String detail;
    try {
      detail = trial.run();
    } catch (EntrepotException | IOException e) {
      good = false;
      detail = String.valueOf(e.getMessage());
    }
    Step made = new Step(name, good, detail, Duration.between(begun, clock.instant()));
    steps.add(made);
    return heard.test(made) && good;
  }

  private static String connect(Supplier<Store> door, List<Store> opened) {
    Store store = door.get();
    opened.add(store);
    store.stat(ObjectPath.BASE);
    return "it answers and lets us in";
  }

  private String list(Store store) {
    int files = 0;
    int folders = 0;
    int others = 0;
    try (FolderListing listing = store.list(ObjectPath.BASE)) {
      while (listing.hasNext() && files + folders + others < MOST_LISTED) {
        Optional<ObjectStat> found = listing.nextUnlessRefused(_ -> {});
        Kind kind = found.map(ObjectStat::kind).orElse(Kind.OTHER);
        if (kind == Kind.FILE) {
          files++;
          sample = sample.or(() -> found);
        } else if (kind == Kind.FOLDER) {
          folders++;
        } else {
          others++;
        }
      }
    }
    return files
        + (files == 1 ? " file and " : " files and ")
        + folders
        + (folders == 1 ? " folder at its top" : " folders at its top")
        + (others == 0
            ? ""
            : "; "
                + others
                + " more, links, devices or names that cannot be kept, are never taken");
  }

  private static String read(Store store, ObjectStat file) throws IOException {
    long length = Math.min(file.size(), READ_SIZE);
    try (InputStream in = store.read(file.path(), ReadOptions.range(0, length))) {
      int got = in.readNBytes((int) length).length;
      return got + " bytes of " + file.path();
    }
  }
}
