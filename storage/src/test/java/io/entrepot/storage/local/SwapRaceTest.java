// SPDX-License-Identifier: Apache-2.0
package io.entrepot.storage.local;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.entrepot.base.ErrorCode;
import io.entrepot.storage.Capability;
import io.entrepot.storage.FolderListing;
import io.entrepot.storage.ObjectPath;
import io.entrepot.storage.ReadOptions;
import io.entrepot.storage.Renaming;
import io.entrepot.storage.Store;
import io.entrepot.storage.StoreException;
import io.entrepot.storage.TestIds;
import io.entrepot.storage.WriteOptions;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A neighbour swaps a folder and a link that leads out of the base, at full speed, while every verb
 * is used below that name.
 */
final class SwapRaceTest {

  private static final long ONE_SECOND = TimeUnit.SECONDS.toNanos(1);

  private static final Set<ErrorCode> HONEST_REFUSALS =
      Set.of(
          ErrorCode.PATH_REFUSED,
          ErrorCode.STORE_NOT_FOUND,
          ErrorCode.ALREADY_EXISTS,
          ErrorCode.CONFLICT_STATE);

  @TempDir Path temporary;
  private int done;
  private int refused;

  @Test
  void nobody_is_led_out_of_the_base() throws Exception {
    try (Store store = LocalStore.open(temporary.resolve("base"), TestIds.NEW)) {
      race(store);
    }
  }

  @Test
  void nobody_is_led_out_of_the_base_by_the_portable_store_either() throws Exception {
    try (Store store =
        new PortableStore(new LocalSettings(temporary.resolve("base")), TestIds.NEW)) {
      race(store);
    }
  }

  private void race(Store store) throws Exception {
    Path swapper = compile();
    Path inside = Files.createDirectories(temporary.resolve("base/folder"));
    Path outside = Files.createDirectories(temporary.resolve("outside"));
    Path link = Files.createSymbolicLink(temporary.resolve("base/link"), outside);
    for (String name : List.of("file", "victim")) {
      Files.writeString(outside.resolve(name), "outside");
      Files.writeString(inside.resolve(name), "inside");
    }
    Process race =
        new ProcessBuilder(swapper.toString(), inside.toString(), link.toString())
            .inheritIO()
            .start();
    try {
      long end = System.nanoTime() + ONE_SECOND;
      for (int round = 0; System.nanoTime() < end; round++) {
        everyVerb(store, round);
      }
      assertThat(race.isAlive()).isTrue();
    } finally {
      race.destroyForcibly().waitFor();
    }
    System.out.println("swap race: " + done + " done, " + refused + " refused, 0 led outside");
    assertThat(done).isPositive();
    assertThat(refused).isPositive();
    try (var left = Files.list(outside)) {
      assertThat(left.map(path -> path.getFileName().toString()))
          .containsExactlyInAnyOrder("file", "victim");
    }
    assertThat(outside.resolve("victim")).hasContent("outside");
  }

  private void everyVerb(Store store, int round) {
    ObjectPath folder = new ObjectPath("folder");
    attempt(() -> assertThat(text(store, folder.child("file"))).isEqualTo("inside"));
    attempt(() -> assertThat(store.stat(folder.child("file"))).isPresent());
    attempt(() -> assertThat(store.statEach(List.of(folder.child("file"))).getFirst()).isPresent());
    attempt(() -> write(store, folder.child("new-" + round)));
    attempt(() -> write(store, folder.child("deep-" + round).child("new")));
    attempt(() -> list(store, folder));
    attempt(() -> store.delete(folder.child("victim")));
    attempt(() -> store.delete(folder.child("new-" + round)));
    if (store.capabilities().contains(Capability.PUBLISH)) {
      ObjectPath staged = new ObjectPath("staged-" + round);
      write(store, staged);
      attempt(() -> store.publish(List.of(new Renaming(staged, folder.child("out-" + round)))));
      store.delete(staged);
    }
  }

  /** What can only be answered wholly inside, or with an honest refusal. */
  private void attempt(Runnable verb) {
    try {
      verb.run();
      done++;
    } catch (StoreException e) {
      assertThat(e.code()).as(e.getMessage()).isIn(HONEST_REFUSALS);
      refused++;
    }
  }

  private static String text(Store store, ObjectPath path) {
    try (InputStream in = store.read(path, ReadOptions.WHOLE)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void write(Store store, ObjectPath path) {
    store.write(path, new ByteArrayInputStream(new byte[] {1}), WriteOptions.staged(1));
  }

  private static void list(Store store, ObjectPath folder) {
    try (FolderListing listing = store.list(folder)) {
      listing.forEachRemaining(stat -> assertThat(stat.size()).isNotEqualTo("outside".length()));
    }
  }

  private Path compile() throws IOException, InterruptedException {
    Path source = temporary.resolve("swap_race.c");
    try (InputStream in = SwapRaceTest.class.getResourceAsStream("swap_race.c")) {
      assertThat(in).isNotNull();
      Files.copy(in, source);
    }
    Path program = temporary.resolve("swap_race");
    try {
      Process gcc =
          new ProcessBuilder("gcc", "-O2", "-o", program.toString(), source.toString())
              .inheritIO()
              .start();
      assertThat(gcc.waitFor()).isZero();
    } catch (IOException e) {
      if ("true".equals(System.getenv("CI"))) {
        throw e;
      }
      Assumptions.abort("no gcc here to build the program that swaps names: " + e.getMessage());
    }
    return program;
  }
}
