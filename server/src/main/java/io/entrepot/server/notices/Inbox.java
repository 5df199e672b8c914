// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices;

import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import java.time.InstantSource;
import java.util.List;

/** Everybody's notices; each sees and dismisses only their own. */
public final class Inbox {

  private final Database database;
  private final NoticeTable table;
  private final IdSource ids;
  private final InstantSource clock;

  Inbox(Database database, IdSource ids, InstantSource clock) {
    this.database = database;
    this.table = new NoticeTable(database);
    this.ids = ids;
    this.clock = clock;
  }

  /** Puts a notice into the inboxes of these accounts. */
  public void tell(List<Id> accounts, Notice.Draft draft) {
    database.write(
        () -> {
          for (Id account : accounts) {
            table.insert(
                new Notice(
                    ids.next(),
                    account,
                    draft.kind(),
                    draft.title(),
                    draft.message(),
                    draft.link(),
                    clock.instant(),
                    null));
          }
        });
  }

  /** The unread ones first, then newest first; at most 50, without the dismissed. */
  public List<Notice> list(Actor actor) {
    return table.list(actor.account());
  }

  public long unread(Actor actor) {
    return table.unread(actor.account());
  }

  /** Marks one as read; reading it again changes nothing. */
  public Notice read(Actor actor, Id id) {
    return database.write(
        () -> {
          table.markRead(actor.account(), id, clock.instant());
          return table.find(actor.account(), id).orElseThrow(Inbox::unknown);
        });
  }

  public void readAll(Actor actor) {
    database.write(() -> table.markAllRead(actor.account(), clock.instant()));
  }

  /** Takes one out of the inbox for good. */
  public void dismiss(Actor actor, Id id) {
    database.write(
        () -> {
          if (!table.dismiss(actor.account(), id, clock.instant())) {
            throw unknown();
          }
        });
  }

  private static NotFoundException unknown() {
    return new NotFoundException("Notification");
  }
}
