// SPDX-License-Identifier: Apache-2.0
package io.entrepot.drills.harvest;

import io.entrepot.client.Harvest;
import io.entrepot.client.Session;
import io.entrepot.client.local.LocalServer;
import io.entrepot.client.local.LocalSshd;
import io.entrepot.drills.kit.Digests;
import io.entrepot.drills.kit.Drill;
import io.entrepot.drills.kit.DrillSettings;
import io.entrepot.drills.kit.DrillState;
import io.entrepot.drills.kit.Scene;
import io.entrepot.drills.kit.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import tools.jackson.databind.JsonNode;

/**
 * Files of more than 4 GiB, most of it holes, with islands of bytes on both sides of that limit,
 * are harvested from a folder and through sshd, and have to arrive with the digests that {@code
 * xxhsum} says.
 */
public final class LargeDrill implements Drill {

  private static final long FOUR_GIB = 4L << 30;
  private static final int ISLAND = 1 << 20;
  private static final Duration LIMIT = Duration.ofMinutes(30);

  private final int files;
  private final long size;
  private final DrillState state;

  public LargeDrill(DrillSettings settings) {
    this.files = settings.bySize(1, 1, 4);
    this.size = settings.bySize(64, 4_096, 9_000) * (1L << 20) + 5;
    this.state = DrillState.open(settings.work().resolve("large"), settings.seed());
  }

  @Override
  public Verdict run() {
    if (!Digests.installed() || !LocalSshd.installed()) {
      return Verdict.cannot("xxhsum or sshd is not installed");
    }
    return state.verdict(this::drill);
  }

  private Verdict drill() {
    List<String> faults;
    boolean clean;
    try (Scene scene = new Scene(state.fresh("scene"));
        LocalSshd sshd = LocalSshd.start(state.folder().resolve("sshd"))) {
      List<Path> folders = List.of(scene.folder("near"), scene.folder("far"));
      folders.forEach(this::make);
      faults = harvest(scene, sshd, folders);
      faults.forEach(fault -> System.out.println("  " + fault));
      clean = scene.judged();
    }
    if (!clean || !faults.isEmpty()) {
      return state.red("%d faults, seed %d".formatted(faults.size(), state.seed()));
    }
    state.close();
    return Verdict.green("%d files of %,d bytes, seed %d".formatted(2 * files, size, state.seed()));
  }

  private void make(Path folder) {
    Random random = new Random(state.seed() + folder.getFileName().hashCode());
    for (int i = 0; i < files; i++) {
      Path file = folder.resolve("large-%02d.raw".formatted(i));
      try (FileChannel sparse =
          FileChannel.open(
              file,
              EnumSet.of(
                  StandardOpenOption.CREATE_NEW,
                  StandardOpenOption.SPARSE,
                  StandardOpenOption.WRITE))) {
        for (long at : new long[] {0, size / 2, Math.min(FOUR_GIB, size) - ISLAND / 2, size - 3}) {
          byte[] island = new byte[(int) Math.min(ISLAND, size - at)];
          random.nextBytes(island);
          sparse.write(ByteBuffer.wrap(island), at);
        }
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  private static List<String> harvest(Scene scene, LocalSshd sshd, List<Path> folders) {
    List<String> faults = new ArrayList<>();
    try (LocalServer server = scene.start(Map.of());
        Session session = scene.session(server)) {
      Harvest harvest = new Harvest(session);
      String storage = scene.storage(harvest);
      Map<String, Object> policy = Map.of("stability_seconds", 0);
      String near = folders.getFirst().toString();
      String far = folders.getLast().toString();
      List<String> instruments =
          List.of(
              harvest.folderInstrument("near", near, policy),
              harvest.sftpInstrument("far", far, sshd.login(), policy));
      for (int i = 0; i < instruments.size(); i++) {
        String instrument = instruments.get(i);
        harvest.await(harvest.trigger(scene.schedule(harvest, instrument, storage)), LIMIT);
        JsonNode kept = session.get("/api/files?instrument_id=" + instrument);
        for (var file : Digests.of(folders.get(i)).entrySet()) {
          String told = Scene.named(kept, file.getKey()).path("xxhash").asString("");
          if (!told.equals(file.getValue())) {
            faults.add(file.getKey() + " has " + told + " on record and is " + file.getValue());
          }
        }
      }
      scene.acknowledge(session);
    }
    return faults;
  }
}
