// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.server.database.Database;
import io.entrepot.server.notices.Notice;
import io.entrepot.server.notices.outgoing.Outgoing;
import io.entrepot.server.notices.outgoing.Reply;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tries deliveries and records what came of it.
 *
 * <p>An attempt is on record before it is made, and taken by one server only. One that a crash cut
 * off is made again when its time is over, so that a notice may come twice, and is never lost.
 */
final class Courier {

  private static final Logger LOG = LoggerFactory.getLogger(Courier.class);

  /** Together with the waits between them about a day. */
  static final int ATTEMPTS = 10;

  private static final Duration FIRST_WAIT = Duration.ofSeconds(10);
  private static final int FACTOR = 4;
  private static final Duration LONGEST_WAIT = Duration.ofHours(6);

  /** An attempt that has not ended by then never will: its server is gone. */
  static final Duration CLAIM = Outgoing.LIMIT.multipliedBy(6);

  private static final String SWITCHED_OFF = "The channel was switched off meanwhile.";

  private static final Duration KEPT = Duration.ofDays(30);

  private final Database database;
  private final DeliveryTable table;
  private final Channels channels;
  private final Media media;
  private final Told told;
  private final InstantSource clock;

  /**
   * Who is told of a channel that does not work.
   *
   * @param administrators puts a notice into the inboxes of all of them
   * @param address of this server, without a slash at its end; null when it does not know it
   */
  record Told(Consumer<Notice.Draft> administrators, @Nullable String address) {}

  Courier(Database database, Channels channels, Media media, Told told, InstantSource clock) {
    this.database = database;
    this.table = new DeliveryTable(database);
    this.channels = channels;
    this.media = media;
    this.told = told;
    this.clock = clock;
  }

  /** What is due now, one of each channel, the longest due first. */
  List<Delivery> due(int limit) {
    return table.due(clock.instant(), limit);
  }

  /** What of this channel has been due longest. */
  Optional<Delivery> dueOf(Id channel) {
    return table.dueOf(channel, clock.instant());
  }

  /** Deliveries that ended long ago leave the log. */
  void forget() {
    database.write(() -> table.forgetEndedBefore(clock.instant().minus(KEPT)));
  }

  /**
   * Tries a delivery once, unless somebody else does already.
   *
   * @return it as it is afterwards; empty when it is gone
   */
  Optional<Delivery> attempt(Delivery found) {
    Instant now = clock.instant();
    if (!database.write(() -> table.claim(found, now.plus(CLAIM), now))) {
      return table.find(found.id());
    }
    Delivery tried = table.find(found.id()).orElse(found);
    if (isSwitchedOff(tried)) {
      database.write(() -> table.ended(tried, Delivery.State.SKIPPED, SWITCHED_OFF, null, now));
    } else {
      Reply reply = send(tried, now);
      database.write(() -> record(tried, reply));
    }
    return table.find(found.id());
  }

  /** Whoever switched it off wants nothing sent, and need not be told that nothing was. */
  private boolean isSwitchedOff(Delivery delivery) {
    return !delivery.what().event().equals(Deliveries.TEST)
        && !channels.get(delivery.channel()).enabled();
  }

  private Reply send(Delivery delivery, Instant now) {
    try {
      Channel channel = channels.get(delivery.channel());
      Map<String, Object> settings = channels.opened(channel);
      return media
          .of(channel.provider())
          .send(settings, new Message(delivery.message(), delivery.what(), now, address(delivery)));
    } catch (EntrepotException e) {
      return new Reply.Unreached("It could not be sent. " + e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("Delivery {} was not sent.", delivery.id(), Wordless.of(e));
      return new Reply.Unreached(
          "It was not sent, by a fault of this server; the log of the server names it.");
    }
  }

  private @Nullable String address(Delivery delivery) {
    String link = delivery.what().link();
    String own = told.address();
    return link == null || own == null ? null : own + link;
  }

  private void record(Delivery tried, Reply reply) {
    Instant now = clock.instant();
    if (reply.isGood()) {
      table.ended(tried, Delivery.State.SENT, reply.words(), null, now);
      return;
    }
    boolean last =
        reply instanceof Reply.Refused
            || tried.attempts() >= ATTEMPTS
            || tried.what().event().equals(Deliveries.TEST);
    if (!last) {
      Instant next = now.plus(pause(tried.attempts()));
      table.ended(tried, Delivery.State.WAITING, reply.words(), next, now);
    } else if (table.ended(tried, Delivery.State.FAILED, reply.words(), null, now)) {
      complain(tried, reply);
    }
  }

  /** How long after this many attempts the next one follows. */
  static Duration pause(int attempts) {
    Duration pause = FIRST_WAIT;
    for (int i = 1; i < attempts && pause.compareTo(LONGEST_WAIT) < 0; i++) {
      pause = pause.multipliedBy(FACTOR);
    }
    return pause.compareTo(LONGEST_WAIT) < 0 ? pause : LONGEST_WAIT;
  }

  /** Into the inbox alone, and once until the channel works again; a test is answered anyway. */
  private void complain(Delivery given, Reply reply) {
    boolean known =
        table.endedBefore(given).filter(state -> state == Delivery.State.FAILED).isPresent();
    if (known || given.what().event().equals(Deliveries.TEST)) {
      return;
    }
    Channel channel = channels.get(given.channel());
    told.administrators()
        .accept(
            new Notice.Draft(
                "notice_undelivered",
                "Notices do not arrive by " + channel.name(),
                reply.words()
                    + " The log of the channel names what did not arrive; from there it can be"
                    + " sent again. You are told again only after something has arrived.",
                "/ui/notifications/channels/" + id(channel.id())));
  }

  private static String id(Id id) {
    return id.toUuid().toString();
  }
}
