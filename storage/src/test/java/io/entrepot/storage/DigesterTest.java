// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import io.entrepot.base.Digest;
import io.entrepot.base.DigestAlgorithm;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class DigesterTest {

  @TempDir Path folder;

  @Test
  void digests_are_what_the_systems_own_tools_say() throws Exception {
    boolean missing =
        !Files.exists(Path.of("/usr/bin/xxhsum")) || !Files.exists(Path.of("/usr/bin/sha256sum"));
    if (missing && !"true".equals(System.getenv("CI"))) {
      System.out.println("skipped: xxhsum or sha256sum is not installed");
      assumeThat(missing).isFalse();
    }
    for (int length : new int[] {0, 1, 3, 31, 32, 33, 4096, 1_000_003}) {
      byte[] content = StoreExam.bytes(length, length);
      Path file = Files.write(folder.resolve("f" + length), content);
      Digester digester = new Digester(EnumSet.allOf(DigestAlgorithm.class));
      digester.update(content, 0, length / 2);
      digester.update(content, length / 2, length - length / 2);
      Map<DigestAlgorithm, Digest> digests = digester.finish();

      assertThat(digests)
          .containsEntry(
              DigestAlgorithm.XXH64,
              new Digest(DigestAlgorithm.XXH64, told("xxhsum", "-H64", file.toString())))
          .containsEntry(
              DigestAlgorithm.SHA256,
              new Digest(DigestAlgorithm.SHA256, told("sha256sum", file.toString())));
    }
  }

  private static String told(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).start();
    String line =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    assertThat(process.waitFor()).isZero();
    return line.substring(0, line.indexOf(' '));
  }
}
