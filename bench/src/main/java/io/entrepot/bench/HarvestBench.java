// SPDX-License-Identifier: Apache-2.0
package io.entrepot.bench;

import io.entrepot.client.Harvest;
import io.entrepot.client.local.LocalSshd;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * Verified harvests against plain copies: everything is read, hashed, written, read back, compared,
 * catalogued and entered in the ledger on one side, and copied on the other.
 */
final class HarvestBench {

  /** What rclone uses unless told otherwise. */
  private static final int TRANSFERS = 4;

  private static final Map<String, Object> AT_ONCE = Map.of("stability_seconds", 0);
  private static final Map<String, Object> AT_ONCE_SAME_TRANSFERS =
      Map.of("stability_seconds", 0, "max_parallel", TRANSFERS);

  private final BenchSettings settings;

  HarvestBench(BenchSettings settings) {
    this.settings = settings;
  }

  void run() {
    Path mixed = GeneratedTree.mixed(settings.tree("mixed"), settings.percent());
    Path small = GeneratedTree.small(settings.tree("small"), settings.percent());
    System.out.printf(
        "harvest: seed %d, %d rounds, medians, %d processors, data and stores in %s%n",
        BenchSettings.SEED,
        settings.rounds(),
        Runtime.getRuntime().availableProcessors(),
        settings.work());
    try (BenchServer server = BenchServer.start(settings.work().resolve("data"), List.of())) {
      inMemory(server.harvest(), mixed, small);
      sftp(server.harvest(), mixed, small);
      server
          .process()
          .residentBytes()
          .ifPresent(b -> System.out.printf("%nserver afterwards: %d MB resident%n", b >> 20));
    }
    onDisk(mixed, small);
    Folders.delete(settings.work().resolve("ours"));
    Folders.delete(settings.work().resolve("peer"));
    Folders.delete(settings.work().resolve("data"));
  }

  private void inMemory(Harvest harvest, Path mixed, Path small) {
    if (settings.wants("mixed")) {
      first("mixed, first time", harvest, mixed, settings.work(), settings.rounds());
    }
    if (settings.wants("small")) {
      first("small files, first time", harvest, small, settings.work(), settings.rounds());
    }
    if (settings.wants("unchanged")) {
      unchanged(harvest, small);
    }
  }

  private void first(String title, Harvest harvest, Path source, Path work, int rounds) {
    Path ours = work.resolve("ours");
    Path peer = work.resolve("peer");
    new Race(
            title,
            OurHarvest.first(harvest, ours, folder(harvest, source)),
            Rclone.first(source.toString(), peer))
        .run(rounds);
    Folders.delete(ours);
    Folders.delete(peer);
  }

  private void unchanged(Harvest harvest, Path source) {
    Path peer = settings.work().resolve("peer");
    Rclone.first(source.toString(), peer).run();
    new Race(
            "small files, nothing new",
            OurHarvest.again(harvest, settings.work().resolve("ours"), folder(harvest, source)),
            Rclone.again(source.toString(), peer),
            Rclone.again(source.toString(), peer, "--checksum"))
        .run(settings.rounds());
    Folders.delete(settings.work().resolve("ours"));
    Folders.delete(peer);
  }

  private static Function<String, String> folder(Harvest harvest, Path source) {
    return name -> harvest.folderInstrument(name, source.toString(), AT_ONCE);
  }

  private void sftp(Harvest harvest, Path mixed, Path small) {
    if (!settings.wants("sftp")) {
      return;
    }
    if (!LocalSshd.installed()) {
      System.out.println("\nsftp: left out, /usr/sbin/sshd is not installed");
      return;
    }
    try (LocalSshd sshd = LocalSshd.start(Folders.absent(settings.work().resolve("sshd")))) {
      overSftp("mixed over SFTP", harvest, sshd, mixed);
      overSftp("small files over SFTP", harvest, sshd, small);
    }
  }

  private void overSftp(String title, Harvest harvest, LocalSshd sshd, Path source) {
    Path ours = settings.work().resolve("ours");
    Path peer = settings.work().resolve("peer");
    Function<String, String> instrument =
        name ->
            harvest.sftpInstrument(name, source.toString(), sshd.login(), AT_ONCE_SAME_TRANSFERS);
    new Race(
            title,
            OurHarvest.first(harvest, ours, instrument),
            Rclone.first(
                sshd.rcloneRemote(source), peer, "--transfers", Integer.toString(TRANSFERS)))
        .run(settings.rounds());
    Folders.delete(ours);
    Folders.delete(peer);
  }

  /** One round where flushing costs something; the other side does not flush. */
  private void onDisk(Path mixed, Path small) {
    if (!settings.wants("disk")) {
      return;
    }
    Path disk = Folders.fresh(settings.disk());
    try (BenchServer server = BenchServer.start(disk.resolve("data"), List.of())) {
      first("mixed, onto disk", server.harvest(), mixed, disk, 1);
      first("small files, onto disk", server.harvest(), small, disk, 1);
    }
    Folders.delete(disk);
  }
}
