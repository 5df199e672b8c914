// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.custody.Checkpoint;
import io.entrepot.custody.LedgerHead;
import io.entrepot.custody.LedgerKey;
import io.entrepot.custody.SignedCheckpoint;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.settings.DurableFile;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Signs how far a stream has come, and keeps that in the database and as a file a person can copy
 * off. Never signs a ledger that disagrees with the newest file.
 */
final class Checkpoints {

  private final Database database;
  private final LedgerTable table;
  private final LedgerKey key;
  private final Path folder;

  Checkpoints(Database database, LedgerKey key, Path folder) {
    this.database = database;
    this.table = new LedgerTable(database);
    this.key = key;
    this.folder = folder;
  }

  /**
   * Makes a checkpoint if something was sealed since the last one and that one is old enough.
   *
   * @throws EntrepotException {@code LEDGER_BROKEN} when the database lacks what an earlier
   *     checkpoint file says; nothing was signed then
   */
  void sign(String stream, Instant now, Duration age) {
    Optional<Checkpoint> last = newest(stream).map(SignedCheckpoint::checkpoint);
    boolean due = last.map(c -> isOld(c, now, age)).orElse(true);
    long signed = last.map(c -> c.head().entries()).orElse(0L);
    if (!due || table.head(stream).equals(last.map(Checkpoint::head).orElse(null))) {
      return;
    }
    Optional<SignedCheckpoint> made =
        database.write(
            () -> {
              table.claim(stream);
              last.ifPresent(this::mustStillHold);
              LedgerHead head = table.head(stream);
              return head.entries() > signed ? Optional.of(keep(head, now)) : Optional.empty();
            });
    made.ifPresent(checkpoint -> writeFile(checkpoint, now));
  }

  /** Also when it comes from the future: the clock was set back and may stay so. */
  private static boolean isOld(Checkpoint checkpoint, Instant now, Duration age) {
    Instant made = Micros.instant(checkpoint.micros());
    return Duration.between(made, now).abs().compareTo(age) >= 0;
  }

  private void mustStillHold(Checkpoint last) {
    LedgerHead head = last.head();
    if (!table.headAt(head.stream(), head.block()).equals(Optional.of(head))) {
      throw new EntrepotException(
          ErrorCode.LEDGER_BROKEN,
          "The ledger \""
              + head.stream()
              + "\" no longer holds what its newest checkpoint in "
              + folder
              + " says ("
              + head.entries()
              + " entries). It was changed, cut, or an older database was put in place. Run"
              + " \"entrepot custody verify\". New checkpoints are signed only after those"
              + " files were moved elsewhere; keep them as evidence.");
    }
  }

  private SignedCheckpoint keep(LedgerHead head, Instant now) {
    SignedCheckpoint signed = key.sign(new Checkpoint(head, Micros.of(now)));
    database
        .sql(
            "insert into ledger_checkpoint (stream, hour, content) values (?, ?, ?)"
                + " on conflict (stream, hour) do update set content = excluded.content")
        .params(head.stream(), Math.floorDiv(now.getEpochSecond(), 3600L), signed.text())
        .update();
    return signed;
  }

  /** Named by the day, or by that of the newest file where the clock was set back behind it. */
  private void writeFile(SignedCheckpoint signed, Instant now) {
    String stream = signed.checkpoint().head().stream();
    String today = stream + "-" + LocalDate.ofInstant(now, ZoneOffset.UTC) + ".checkpoint";
    try {
      String newest = newestName(stream).orElse(today);
      String name = newest.compareTo(today) > 0 ? newest : today;
      DurableFile.writeOpen(folder.resolve(name), signed.text());
    } catch (IOException e) {
      throw new UncheckedIOException("cannot write a checkpoint into " + folder, e);
    }
  }

  /** Whether anything was ever signed, as the database or the folder tells. */
  static boolean areThere(Database database, Path folder) throws IOException {
    if (Files.isDirectory(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.anyMatch(file -> file.getFileName().toString().endsWith(".checkpoint"))) {
          return true;
        }
      }
    }
    return database.sql("select count(*) from ledger_checkpoint").query(Long.class).single() > 0;
  }

  private Optional<SignedCheckpoint> newest(String stream) {
    try {
      Optional<String> newest = newestName(stream);
      return newest.isEmpty()
          ? Optional.empty()
          : Optional.of(SignedCheckpoint.parse(Files.readString(folder.resolve(newest.get()))));
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read the checkpoints in " + folder, e);
    }
  }

  /** The last file by name, which is the last day. */
  private Optional<String> newestName(String stream) throws IOException {
    if (!Files.isDirectory(folder)) {
      return Optional.empty();
    }
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> isOf(stream, name))
          .max(String::compareTo);
    }
  }

  private static boolean isOf(String stream, String name) {
    return name.startsWith(stream + "-") && name.endsWith(".checkpoint");
  }
}
