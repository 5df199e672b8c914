// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Properties;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** How far a drill has come, in a file: a drill that was broken off goes on with its own seed. */
public final class DrillState {

  private final Path folder;
  private final Path file;
  private final Properties properties = new Properties();

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
    try (Writer writer = Files.newBufferedWriter(file)) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** An empty folder below the drill's own. */
  public Path fresh(String name) {
    delete(folder.resolve(name));
    return folder.resolve(name);
  }

  /** The drill is over and red: everything stays to be looked at, and the next one begins anew. */
  public Verdict red(String text) {
    try {
      Files.deleteIfExists(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return Verdict.red(text + ": see " + folder);
  }

  /** What a drill comes to. One that breaks down is over as well, and red; it says where. */
  public Verdict verdict(Supplier<Verdict> drill) {
    try {
      return drill.get();
    } catch (RuntimeException e) {
      e.printStackTrace(System.out);
      return red("could not be carried through, seed %d: %s".formatted(seed(), e));
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
