// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.kit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * The library that has calls of a process fail or take long, by rules that change while it runs;
 * see {@code native/}.
 */
public final class FaultShim {

  /** The medium did not do what it was asked to. */
  public static final int EIO = 5;

  /** What is done to a file. */
  public enum Call {
    READ,
    WRITE,
    FSYNC
  }

  private final Path library;
  private final Path rules;
  private final Path log;

  /**
   * Compiles it.
   *
   * @param folder where it lies, with its rules and what it did
   */
  public FaultShim(Path folder) {
    this.library = NativeLibrary.build("fail_calls.c", folder.resolve("faults.so"));
    this.rules = folder.resolve("rules");
    this.log = folder.resolve("faults.log");
    heal();
  }

  /** What a process needs for that. */
  public Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD", library.toString(),
        "FAULT_RULES", rules.toString(),
        "FAULT_LOG", log.toString());
  }

  /** From now on this call fails on every file whose path begins so. */
  public void fail(Call call, Path path) {
    rule(call, EIO, Duration.ZERO, path);
  }

  /** From now on this call takes so much longer. */
  public void stall(Call call, Duration time, Path path) {
    rule(call, 0, time, path);
  }

  private void rule(Call call, int error, Duration time, Path path) {
    String word = call.name().toLowerCase(Locale.ROOT);
    write("%s %d %d %s\n".formatted(word, error, time.toMillis(), path.toAbsolutePath()));
  }

  /** From now on every call does what it should. */
  public void heal() {
    write("");
  }

  /** The one before stays whole until the new one is: the library reads it amid everything. */
  private void write(String text) {
    try {
      Path fresh = rules.resolveSibling("rules.new");
      Files.writeString(fresh, text);
      Files.move(fresh, rules, StandardCopyOption.ATOMIC_MOVE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** How many calls failed or were held up so far. */
  public int count() {
    try {
      return Files.exists(log) ? Files.readAllLines(log).size() : 0;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
