// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.Digest;
import io.entrepot.base.Id;
import io.entrepot.custody.CustodyEntry;
import io.entrepot.custody.CustodyEvent;
import io.entrepot.server.database.Database;
import io.entrepot.server.database.Micros;
import io.entrepot.server.ledger.KnownCopy;
import io.entrepot.server.ledger.Ledger;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/** What the ledger knows of the copies of a file, and what is found out while they are read. */
final class CopyMarks {

  private static final String ACTOR = "download";
  private static final String DAMAGED =
      "read whole for a download; its digest is not the one that was proved";

  private final Database database;
  private final Ledger ledger;
  private final InstantSource clock;

  CopyMarks(Database database, Ledger ledger, InstantSource clock) {
    this.database = database;
    this.ledger = ledger;
    this.clock = clock;
  }

  /**
   * A copy to read.
   *
   * @param unread whether it could not be read the last time
   */
  record Chosen(Transfer transfer, boolean unread) {}

  /**
   * The first that is not known to be damaged; one that could be read the last time before one that
   * could not.
   *
   * @param copies proved ones of one version of one file
   */
  Optional<Chosen> best(Id file, List<Transfer> copies) {
    List<KnownCopy> known = ledger.story(file).copies();
    return copies.stream()
        .filter(copy -> !isDamaged(known, copy))
        .map(copy -> new Chosen(copy, isUnread(known, copy)))
        .min(Comparator.comparing(Chosen::unread));
  }

  private static boolean isDamaged(List<KnownCopy> known, Transfer copy) {
    return known.stream()
        .anyMatch(one -> isOf(one, copy) && one.state() == KnownCopy.State.DAMAGED);
  }

  private static boolean isUnread(List<KnownCopy> known, Transfer copy) {
    return known.stream().anyMatch(one -> isOf(one, copy) && one.lastUnread() != null);
  }

  private static boolean isOf(KnownCopy known, Transfer copy) {
    return known.version() == copy.version() && known.place().equals(place(copy));
  }

  private static String place(Transfer copy) {
    CopyPlace place = copy.copy();
    return LedgerPlace.storage(copy.storageLocation(), place == null ? "" : place.path()).text();
  }

  /** It was read whole and holds other bytes than were proved. */
  void damaged(Transfer copy) {
    database.writeFromReserve(
        () -> {
          database
              .sql("update transfer set damaged_at = ?, error_message = ? where id = ?")
              .params(Micros.of(clock.instant()), DAMAGED, copy.id().hex())
              .update();
          enter(CustodyEvent.DAMAGED, copy, CustodyEntry.Content.UNKNOWN, DAMAGED);
        });
  }

  /** Whether it is good was not found out. */
  void unread(Transfer copy, String why) {
    enter(CustodyEvent.COULD_NOT_READ, copy, CustodyEntry.Content.UNKNOWN, why);
  }

  void provedAgain(Transfer copy, Digest found, long size) {
    enter(
        CustodyEvent.REVERIFIED,
        copy,
        new CustodyEntry.Content(size, List.of(found)),
        "read whole for a download and compared");
  }

  private void enter(
      CustodyEvent event, Transfer copy, CustodyEntry.Content content, String detail) {
    CustodyEntry entry =
        new CustodyEntry(
            event,
            new CustodyEntry.FileVersion(copy.file(), copy.version()),
            content,
            new CustodyEntry.Route("", place(copy)),
            new CustodyEntry.Cause(clock.instant(), ACTOR, "", detail));
    database.write(() -> ledger.append(List.of(entry)));
  }
}
