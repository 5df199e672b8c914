// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import io.entrepot.client.RunException;
import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How far a drill has come, in a file: a drill that was broken off goes on with its own seed. */
public final class DrillState {

  private final Path folder;
  private final Path file;
  private final Properties properties = new Properties();
  private final List<String> leftOut = new ArrayList<>();

  private DrillState(Path folder) {
    this.folder = folder;
    this.file = folder.resolve("state.properties");
  }

  /**
   * Takes up the drill in this folder, or begins one in an empty folder.
   *
   * @param seed of a new one
   */
  public static DrillState open(Path folder, long seed) {
    DrillState state = new DrillState(folder);
    if (Files.exists(state.file)) {
      state.load();
      System.out.printf("  going on after %d, seed %d%n", state.done(), state.seed());
    } else {
      delete(folder);
      state.properties.setProperty("seed", Long.toString(seed));
      state.properties.setProperty("done", "0");
    }
    return state;
  }

  private void load() {
    try (Reader reader = Files.newBufferedReader(file)) {
      properties.load(reader);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  public Path folder() {
    return folder;
  }

  public long seed() {
    return Long.parseLong(properties.getProperty("seed"));
  }

  public int done() {
    return Integer.parseInt(properties.getProperty("done"));
  }

  /** One more is done, and will not be done again. */
  public void advance() {
    properties.setProperty("done", Integer.toString(done() + 1));
    Path fresh = file.resolveSibling("state.new");
    try {
      try (Writer writer = Files.newBufferedWriter(fresh)) {
        properties.store(writer, null);
      }
      // A drill that is broken off here has a whole state all the same.
      Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How often something was seen, in earlier lives of this drill too. */
  public int count(String what) {
    return Integer.parseInt(properties.getProperty(what, "0"));
  }

  /** It was seen so often more; a later life knows of it once this one has advanced. */
  public void count(String what, int more) {
    properties.setProperty(what, Integer.toString(count(what) + more));
  }

  /** This machine has no means for a part of the drill. */
  public void leaveOut(String part) {
    leftOut.add(part);
  }

  /** An empty folder below the drill's own. */
  public Path fresh(String name) {
    delete(folder.resolve(name));
    return folder.resolve(name);
  }

  /** The drill is over and red: everything stays to be looked at, and the next one begins anew. */
  public Verdict red(String text) {
    forget();
    return Verdict.red(text + ": see " + folder);
  }

  private void forget() {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What a drill comes to, with what was left out of it. One that cannot go on is over as well: red
   * where the server is to blame, and else it says where it broke down.
   */
  public Verdict verdict(Supplier<Verdict> drill) {
    return verdictOf(drill).without(leftOut);
  }

  private Verdict verdictOf(Supplier<Verdict> drill) {
    try {
      return drill.get();
    } catch (FaultException | RunException e) {
      e.printStackTrace(System.out);
      return red("%s, seed %d".formatted(e.getMessage(), seed()));
    } catch (RuntimeException e) {
      e.printStackTrace(System.out);
      forget();
      return Verdict.cannot("be carried through, seed %d: %s: see %s".formatted(seed(), e, folder));
    }
  }

  /** The drill is over and green: its folder goes. */
  public void close() {
    delete(folder);
  }

  /** Removes a folder, and what is apart from it. */
  public static void delete(Path folder) {
    if (Files.notExists(folder)) {
      return;
    }
    try (Stream<Path> all = Files.walk(folder)) {
      for (Path path : all.sorted(Comparator.reverseOrder()).toList()) {
        if (FolderApart.is(path) && Files.exists(path)) {
          delete(path.toRealPath());
        }
        Files.delete(path);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
