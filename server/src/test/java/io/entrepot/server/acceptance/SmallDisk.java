// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Assumptions;

/** A file system of a few MiB that really has no room for more. */
record SmallDisk(Path root) implements AutoCloseable {

  private static final int CHUNK = 4096;

  /**
   * Fails in CI, and leaves the test out elsewhere, where nothing may be mounted.
   *
   * @param root an empty folder
   */
  static SmallDisk mount(Path root, int mebibytes) {
    boolean permitted = "root".equals(System.getProperty("user.name"));
    String reason = "only root can mount a small disk";
    assertThat(permitted || System.getenv("CI") == null).as(reason).isTrue();
    Assumptions.assumeTrue(permitted, reason);
    run("mount", "-t", "tmpfs", "-o", "size=" + mebibytes + "m", "entrepot-test", root.toString());
    return new SmallDisk(root);
  }

  /** Gives it this much room in all, with what is on it. */
  void grow(int mebibytes) {
    run("mount", "-o", "remount,size=" + mebibytes + "m", root.toString());
  }

  /** Leaves no room at all; answers the file that takes it. */
  Path fill() {
    Path filler = root.resolve("filler");
    try (var out = Files.newOutputStream(filler)) {
      byte[] chunk = new byte[CHUNK];
      while (true) {
        out.write(chunk);
      }
    } catch (IOException full) {
      assertThat(full).hasMessageContaining("No space left");
      return filler;
    }
  }

  private static void run(String... command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      assertThat(process.onExit().join().exitValue()).as(said).isZero();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  @Override
  public void close() {
    run("umount", "--lazy", root.toString());
  }
}
