// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.mover;

import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ObjectStat;
import io.entrepot.storage.Store;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.fault.ExpectingStore;
import io.entrepot.storage.local.LocalStore;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Beyond what four bytes can count, and files that are mostly holes. */
class LargeFileTest extends MoverExam {

  private static final long MORE_THAN_4_GIB = (4L << 30) + 5;

  @TempDir Path folder;

  @Test
  void a_file_of_more_than_4_gib_is_copied_to_its_end_proved_and_published() {
    ObjectStat original = source.generate(path("large"), 3, MORE_THAN_4_GIB);
    ExpectingStore expecting = new ExpectingStore(target, 3);
    long[] seen = {0};
    CopyOptions options = CopyOptions.STANDARD.withDigests(Set.of());

    VerifiedCopy copy =
        copied(
            mover
                .copy(
                    new Route(source, expecting),
                    List.of(new CopyOrder(original, path("in/large"), options)),
                    new CopyControl(() -> false, (_, bytes) -> seen[0] += bytes))
                .getFirst());

    assertThat(copy.size()).isEqualTo(MORE_THAN_4_GIB);
    assertThat(seen[0]).isEqualTo(MORE_THAN_4_GIB);
    assertThat(target.stat(path("in/large")).orElseThrow().size()).isEqualTo(MORE_THAN_4_GIB);
    assertThat(everything(target, Staging.FOLDER)).isEmpty();
  }

  @Test
  void a_file_with_holes_arrives_with_the_same_bytes() throws IOException {
    Path from = Files.createDirectory(folder.resolve("from"));
    Path to = Files.createDirectory(folder.resolve("to"));
    long size = (24L << 20) + 3;
    try (FileChannel sparse =
        FileChannel.open(
            from.resolve("sparse"),
            EnumSet.of(
                StandardOpenOption.CREATE_NEW,
                StandardOpenOption.SPARSE,
                StandardOpenOption.WRITE))) {
      sparse.write(ByteBuffer.wrap(bytes(1, 5_000)), 10L << 20);
      sparse.write(ByteBuffer.wrap(bytes(2, 3)), size - 3);
    }
    try (Store source = LocalStore.open(from, TestIds.NEW);
        Store target = LocalStore.open(to, TestIds.NEW)) {
      ObjectStat original = source.stat(path("sparse")).orElseThrow();

      VerifiedCopy copy = copied(copy(source, target, original));

      assertThat(copy.size()).isEqualTo(size);
      assertThat(Files.mismatch(from.resolve("sparse"), to.resolve("sparse"))).isEqualTo(-1);
      assertThat(everything(target, ObjectPath.BASE)).hasSize(1);
    }
  }
}
