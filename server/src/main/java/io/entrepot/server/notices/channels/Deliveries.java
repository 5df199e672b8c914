// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Database;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** The log of what was sent by which channel, and what came of it. */
public final class Deliveries {

  /** What a test is called; it reaches its channel whatever the rule says. */
  public static final String TEST = "test";

  private final Database database;
  private final DeliveryTable table;
  private final IdSource ids;
  private final InstantSource clock;
  private final List<Runnable> bells = new CopyOnWriteArrayList<>();

  Deliveries(Database database, IdSource ids, InstantSource clock) {
    this.database = database;
    this.table = new DeliveryTable(database);
    this.ids = ids;
    this.clock = clock;
  }

  /** This is run whenever something new has become due. */
  void onDue(Runnable bell) {
    bells.add(bell);
  }

  Id newMessage() {
    return ids.next();
  }

  /** Keeps a delivery that is due at once. Joins the transaction it is called in. */
  Delivery add(Id channel, Id message, Announcement what) {
    Delivery made = keep(channel, message, what, clock.instant());
    database.afterCommit(() -> bells.forEach(Runnable::run));
    return made;
  }

  /** As {@link #add}, for one that its caller tries at once; others leave it alone meanwhile. */
  Delivery addQuietly(Id channel, Announcement what) {
    return keep(channel, newMessage(), what, clock.instant().plus(Courier.CLAIM));
  }

  private Delivery keep(Id channel, Id message, Announcement what, Instant due) {
    Instant now = clock.instant();
    Delivery made =
        new Delivery(
            ids.next(), channel, message, what, Delivery.State.WAITING, 0, null, due, now, now);
    database.write(() -> table.insert(made));
    return made;
  }

  /** Newest first. */
  public List<Delivery> ofChannel(Id channel, int skip, int limit) {
    return table.ofChannel(channel, skip, limit);
  }

  public long count(Id channel) {
    return table.count(channel);
  }

  /**
   * @throws NotFoundException when there is none, or it is another channel's
   */
  public Delivery get(Id channel, Id id) {
    return table
        .find(id)
        .filter(found -> found.channel().equals(channel))
        .orElseThrow(() -> new NotFoundException("Delivery"));
  }

  /**
   * Sends once more what this delivery was about, as a delivery of its own. Whoever receives it
   * knows it by the same id.
   *
   * @throws EntrepotException {@code CONFLICT_STATE} while it is still being tried
   */
  public Delivery replay(Id channel, Id id) {
    Delivery old = get(channel, id);
    if (old.state() == Delivery.State.WAITING) {
      throw new EntrepotException(
          ErrorCode.CONFLICT_STATE,
          "This delivery is still being tried. Wait for it to end, then replay it.");
    }
    return add(channel, old.message(), old.what());
  }
}
