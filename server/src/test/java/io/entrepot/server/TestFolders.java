// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;

/**
 * Folders of what outlives a test: a database or a server that several classes share. They are gone
 * soon after this JVM has ended. A test that is alone with its folder takes a {@code @TempDir}
 * instead.
 */
public final class TestFolders {

  private static final TestFolders OF_THIS_JVM = new TestFolders();

  private final Path root = made();
  private final LastActs lastActs = new LastActs();

  private TestFolders() {
    Runtime.getRuntime().addShutdownHook(new Thread(this::end));
  }

  /** A new, empty folder. */
  public static Path create(String name) {
    try {
      return Files.createTempDirectory(OF_THIS_JVM.root, name);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What ends the user of a folder, run before the folders go; the last one told runs first. */
  public static void beforeTheyGo(Runnable end) {
    OF_THIS_JVM.lastActs.add(end);
  }

  private static Path made() {
    try {
      // PostgreSQL runs as an account of its own and has to come through.
      return Files.createTempDirectory(
          "entrepot-tests",
          PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx--x--x")));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void end() {
    try {
      lastActs.run();
    } finally {
      remove();
    }
  }

  /**
   * Hands the removal to a process of its own: on a busy disk it outlasts the half minute that an
   * ending JVM is given.
   */
  private void remove() {
    try {
      new ProcessBuilder("rm", "-rf", root.toString()).inheritIO().start();
    } catch (IOException e) {
      System.err.println(root + " is left behind: " + e.getMessage());
    }
  }
}
