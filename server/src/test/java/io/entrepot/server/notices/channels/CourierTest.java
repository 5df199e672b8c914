// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.channels;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.ErrorCode;
import io.entrepot.base.Id;
import io.entrepot.base.IdSource;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.Secrets;
import io.entrepot.server.TestFolders;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.ledger.AuditLog;
import io.entrepot.server.notices.Notice;
import io.entrepot.server.notices.Receiver;
import io.entrepot.server.notices.mail.Mailer;
import io.entrepot.server.notices.outgoing.Outgoing;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.secrets.SecretKeys;
import io.entrepot.server.settings.EntrepotSettings.MailSecurity;
import io.entrepot.server.settings.EntrepotSettings.MailSettings;
import java.io.IOException;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class CourierTest {

  private static final String DATABASES = "io.entrepot.server.database.TestDatabases#both";
  private static final String SECRET = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=";
  private static final Announcement FAILED =
      new Announcement(
          "harvest_failed",
          Severity.FAILURE,
          Set.of("instrument:1"),
          "It failed",
          "Why",
          "/ui/jobs/1");

  private final Receiver receiver = Receiver.start();
  private final Outgoing outgoing = new Outgoing(List.of("127.0.0.1"));

  @AfterEach
  void close() throws IOException {
    outgoing.close();
    receiver.close();
  }

  /** This room on a database, with a clock to set. */
  private final class Room {
    Instant now = Instant.parse("2026-11-21T10:00:00Z");
    final List<Notice.Draft> inbox = new ArrayList<>();
    final InstantSource clock = () -> now;
    final SecureRandom random = new SecureRandom();
    final IdSource ids = new IdSource(clock, random);
    final Channels channels;
    final Deliveries deliveries;
    final Courier courier;
    final Announcer announcer;
    final ChannelTests tests;

    Room(Database database) {
      SecretKeys keys = SecretKeys.open(TestFolders.create("keys").resolve("secrets.key"), random);
      channels =
          new Channels(
              database,
              new SecretBox(keys, random),
              ids,
              clock,
              new AuditTrail(new AuditLog(database, ids, clock)));
      deliveries = new Deliveries(database, ids, clock);
      Mailer mailer = new Mailer(new MailSettings("", 0, MailSecurity.NONE, "", "", ""), clock);
      courier =
          new Courier(
              database,
              channels,
              new Media(outgoing, mailer, Media.Services.REAL),
              new Courier.Told(inbox::add, "https://here.example"),
              clock);
      announcer = new Announcer(database, inbox::add, channels, deliveries);
      tests = new ChannelTests(deliveries, courier);
    }

    Channel webhook(String name, Rule rule) {
      return channels.create(
          Actor.HOUSE,
          new ChannelDraft(
              name,
              Provider.WEBHOOK,
              Map.of("url", receiver.at("/" + name).toString(), "secret", SECRET),
              rule,
              true));
    }

    void round() {
      courier.due(100).forEach(courier::attempt);
    }

    Delivery only(Channel channel) {
      List<Delivery> all = deliveries.ofChannel(channel.id(), 0, 10);
      assertThat(all).hasSize(1);
      return all.getFirst();
    }
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_failure_reaches_the_channel_and_the_administrators(Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    room.announcer.announce(FAILED);
    assertThat(room.inbox).extracting(Notice.Draft::kind).containsExactly("harvest_failed");
    room.round();
    assertThat(room.only(channel).state()).isEqualTo(Delivery.State.SENT);
    assertThat(receiver.requests()).hasSize(1);
    assertThat(receiver.requests().getFirst().path()).isEqualTo("/ops");
    assertThat(receiver.requests().getFirst().body()).contains("https://here.example/ui/jobs/1");
    room.round();
    assertThat(receiver.requests()).hasSize(1);
  }

  /** What cannot be sent any more because a part of the server has ended stands for all faults. */
  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_fault_of_ours_is_told_as_one_and_its_message_to_nobody(Database database)
      throws IOException {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    room.announcer.announce(FAILED);
    outgoing.close();
    room.round();

    assertThat(room.only(channel).state()).isEqualTo(Delivery.State.WAITING);
    assertThat(room.only(channel).outcome())
        .contains("a fault of this server")
        .doesNotContain("null", "Executor");
  }

  @Test
  void what_the_log_gets_of_a_fault_has_its_kinds_and_no_words() {
    Throwable told =
        Wordless.of(
            new IllegalStateException(
                "https://hooks.example/T0/secret", new IOException("the secret")));

    assertThat(told).hasMessage("java.lang.IllegalStateException");
    assertThat(told.getCause()).hasMessage("java.io.IOException");
    assertThat(told.getStackTrace()).isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_is_rolled_back_is_told_to_nobody(Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    assertThatThrownBy(
            () ->
                database.write(
                    () -> {
                      room.announcer.announce(FAILED);
                      throw new IllegalStateException("no");
                    }))
        .isInstanceOf(IllegalStateException.class);
    assertThat(room.deliveries.count(channel.id())).isZero();
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_delivery_is_tried_again_after_a_restart_with_the_same_id_and_growing_pauses(
      Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    receiver.answering(503);
    room.announcer.announce(FAILED);
    room.round();
    Delivery first = room.only(channel);
    assertThat(first.state()).isEqualTo(Delivery.State.WAITING);
    assertThat(first.outcome()).contains("503");
    assertThat(first.due()).isEqualTo(room.now.plusSeconds(10));
    room.now = room.now.plusSeconds(9);
    room.round();
    assertThat(receiver.requests()).hasSize(1);
    room.now = room.now.plusSeconds(1);
    receiver.answering(200);
    room.round();
    assertThat(room.only(channel).state()).isEqualTo(Delivery.State.SENT);
    assertThat(room.only(channel).attempts()).isEqualTo(2);
    assertThat(receiver.requests())
        .extracting(request -> request.headers().get("webhook-id"))
        .containsOnly("msg_" + first.message().hex());
  }

  @Test
  void the_pauses_grow_to_six_hours_and_no_further() {
    assertThat(Courier.pause(1)).isEqualTo(Duration.ofSeconds(10));
    assertThat(Courier.pause(2)).isEqualTo(Duration.ofSeconds(40));
    assertThat(Courier.pause(5)).isEqualTo(Duration.ofSeconds(2560));
    assertThat(Courier.pause(9)).isEqualTo(Duration.ofHours(6));
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void it_is_given_up_after_a_day_and_that_is_told_once_until_the_channel_works_again(
      Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    receiver.answering(500);
    room.announcer.announce(FAILED);
    Instant begin = room.now;
    while (room.only(channel).state() == Delivery.State.WAITING) {
      room.now = java.util.Objects.requireNonNull(room.only(channel).due());
      room.round();
    }
    assertThat(room.only(channel).state()).isEqualTo(Delivery.State.FAILED);
    assertThat(room.only(channel).attempts()).isEqualTo(Courier.ATTEMPTS);
    assertThat(Duration.between(begin, room.now))
        .isBetween(Duration.ofHours(12), Duration.ofDays(2));
    assertThat(room.inbox)
        .extracting(Notice.Draft::kind)
        .containsExactly("harvest_failed", "notice_undelivered");
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_refused_address_is_given_up_at_once_and_told(Database database) {
    Room room = new Room(database);
    Channel channel =
        room.channels.create(
            Actor.HOUSE,
            new ChannelDraft(
                "inside",
                Provider.SLACK,
                Map.of("webhook_url", "http://127.0.0.9/x"),
                Rule.FAILURES,
                true));
    room.announcer.announce(FAILED);
    room.round();
    room.announcer.announce(FAILED);
    room.round();
    List<Delivery> log = room.deliveries.ofChannel(channel.id(), 0, 10);
    assertThat(log).extracting(Delivery::state).containsOnly(Delivery.State.FAILED);
    assertThat(log.getFirst().outcome()).contains("not on the public internet");
    assertThat(room.inbox.stream().filter(one -> one.kind().equals("notice_undelivered")))
        .hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_test_that_failed_keeps_nobody_from_being_told_of_a_notice_that_did_not_arrive(
      Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    receiver.answering(500);
    room.tests.run(Actor.HOUSE, channel);

    room.announcer.announce(FAILED);
    untilGivenUp(room);

    assertThat(undelivered(room)).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void what_waits_for_a_channel_that_is_switched_off_ends_without_a_complaint(Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    room.announcer.announce(FAILED);
    switched(room, channel, false);
    room.round();

    assertThat(room.only(channel).state().word()).isEqualTo("skipped");
    assertThat(room.only(channel).outcome()).contains("switched off");
    assertThat(undelivered(room)).isEmpty();

    switched(room, channel, true);
    receiver.answering(500);
    room.announcer.announce(FAILED);
    untilGivenUp(room);
    assertThat(undelivered(room)).hasSize(1);
    room.announcer.announce(FAILED);
    switched(room, channel, false);
    room.round();
    switched(room, channel, true);
    room.announcer.announce(FAILED);
    untilGivenUp(room);
    assertThat(undelivered(room)).hasSize(1);
  }

  private static void switched(Room room, Channel channel, boolean on) {
    room.channels.update(
        Actor.HOUSE,
        channel.id(),
        old -> new ChannelDraft(old.name(), old.provider(), old.config(), old.rule(), on));
  }

  private static void untilGivenUp(Room room) {
    for (int i = 0; i <= Courier.ATTEMPTS; i++) {
      room.now = room.now.plus(Duration.ofHours(7));
      room.round();
    }
  }

  private static List<Notice.Draft> undelivered(Room room) {
    return room.inbox.stream().filter(one -> one.kind().equals("notice_undelivered")).toList();
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void an_attempt_that_a_crash_cut_off_is_made_again_and_no_two_make_it_at_once(Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    room.announcer.announce(FAILED);
    Delivery found = room.courier.due(1).getFirst();
    DeliveryTable table = new DeliveryTable(database);
    assertThat(database.write(() -> table.claim(found, room.now.plus(Courier.CLAIM), room.now)))
        .isTrue();
    assertThat(room.courier.attempt(found)).isPresent();
    assertThat(receiver.requests()).isEmpty();
    assertThat(room.courier.due(1)).isEmpty();
    room.now = room.now.plus(Courier.CLAIM);
    room.round();
    assertThat(room.only(channel).state()).isEqualTo(Delivery.State.SENT);
    assertThat(receiver.requests()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_replay_is_a_delivery_of_its_own_that_the_receiver_knows_by_the_same_id(Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    room.announcer.announce(FAILED);
    Delivery first = room.only(channel);
    assertThatThrownBy(() -> room.deliveries.replay(channel.id(), first.id()))
        .isInstanceOf(EntrepotException.class)
        .hasMessageContaining("still being tried");
    room.round();
    Delivery again = room.deliveries.replay(channel.id(), first.id());
    assertThat(again.id()).isNotEqualTo(first.id());
    room.round();
    assertThat(receiver.requests())
        .extracting(request -> request.headers().get("webhook-id"))
        .containsExactly("msg_" + first.message().hex(), "msg_" + first.message().hex());
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void each_channel_hears_what_its_rule_lets_pass(Database database) {
    Room room = new Room(database);
    Channel failures = room.webhook("failures", Rule.FAILURES);
    Channel all = room.webhook("all", new Rule(Severity.SUCCESS, Set.of(), Set.of()));
    Channel other =
        room.webhook("other", new Rule(Severity.SUCCESS, Set.of(), Set.of("instrument:2")));
    Channel event =
        room.webhook("event", new Rule(Severity.SUCCESS, Set.of("harvest_completed"), Set.of()));
    Announcement went =
        new Announcement(
            "harvest_completed", Severity.SUCCESS, Set.of("instrument:1"), "Done", "", null);
    room.announcer.announce(FAILED);
    room.announcer.announce(went);
    assertThat(room.deliveries.count(failures.id())).isEqualTo(1);
    assertThat(room.deliveries.count(all.id())).isEqualTo(2);
    assertThat(room.deliveries.count(other.id())).isZero();
    assertThat(room.deliveries.count(event.id())).isEqualTo(1);
    assertThat(room.inbox).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_rule_by_thing_fits_whichever_of_its_things_it_names(Database database) {
    Room room = new Room(database);
    Channel first = room.webhook("first", rule("instrument:1"));
    Channel second = room.webhook("second", rule("schedule:7"));
    Channel other = room.webhook("other", rule("schedule:8"));

    room.announcer.announce(
        new Announcement(
            "harvest_failed",
            Severity.FAILURE,
            new LinkedHashSet<>(List.of("instrument:1", "schedule:7")),
            "It failed",
            "Why",
            null));

    assertThat(room.only(first).what().things()).containsExactly("instrument:1", "schedule:7");
    assertThat(room.only(second).what().thing()).isEqualTo("instrument:1");
    assertThat(room.deliveries.count(other.id())).isZero();
    room.courier.due(10).forEach(room.courier::attempt);
    assertThat(receiver.requests().getFirst().body())
        .contains("\"thing\":\"instrument:1\"")
        .contains("\"things\":[\"instrument:1\",\"schedule:7\"]");
  }

  private static Rule rule(String thing) {
    return new Rule(Severity.FAILURE, Set.of(), Set.of(thing));
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_channel_with_much_to_send_leaves_the_others_their_turn(Database database) {
    Room room = new Room(database);
    Channel busy = room.webhook("busy", rule("instrument:1"));
    for (int i = 0; i < 20; i++) {
      room.announcer.announce(FAILED);
    }
    Channel late = room.webhook("late", Rule.FAILURES);
    room.now = room.now.plusSeconds(1);
    room.announcer.announce(FAILED);

    List<Delivery> due = room.courier.due(8);

    assertThat(due).extracting(Delivery::channel).containsExactly(busy.id(), late.id());
    Id first = room.deliveries.ofChannel(busy.id(), 20, 1).getFirst().id();
    assertThat(due.getFirst().id()).isEqualTo(first);
    assertThat(room.courier.dueOf(busy.id()).orElseThrow().id()).isEqualTo(first);
    due.forEach(room.courier::attempt);
    assertThat(room.courier.dueOf(late.id())).isEmpty();
    assertThat(room.courier.due(8)).extracting(Delivery::channel).containsExactly(busy.id());
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_test_goes_the_way_of_real_notices_and_is_tried_once(Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    assertThat(room.tests.run(Actor.HOUSE, channel).state()).isEqualTo(Delivery.State.SENT);
    receiver.answering(404);
    Delivery failed = room.tests.run(Actor.HOUSE, channel);
    assertThat(failed.state()).isEqualTo(Delivery.State.FAILED);
    assertThat(failed.outcome()).contains("404").contains("noted");
    assertThat(receiver.requests()).hasSize(2);
    assertThat(room.inbox).isEmpty();
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void secrets_are_sealed_masked_and_kept_when_the_mask_comes_back(Database database) {
    Room room = new Room(database);
    Channel made = room.webhook("ops", Rule.FAILURES);
    assertThat(made.masked()).containsEntry("secret", Secrets.MASK);
    String stored = database.sql("select config from notice_channel").query(String.class).single();
    assertThat(stored).doesNotContain(SECRET);
    Channel renamed =
        room.channels.update(
            Actor.HOUSE,
            made.id(),
            old -> new ChannelDraft("renamed", old.provider(), old.config(), old.rule(), true));
    assertThat(room.channels.opened(renamed)).containsEntry("secret", SECRET);
    assertThatThrownBy(
            () ->
                room.channels.create(
                    Actor.HOUSE,
                    new ChannelDraft(
                        "masked",
                        Provider.WEBHOOK,
                        Map.of("url", "https://a.example", "secret", Secrets.MASK),
                        Rule.FAILURES,
                        true)))
        .isInstanceOf(InvalidFieldsException.class);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void a_name_that_another_takes_meanwhile_is_taken(Database database) throws Exception {
    Room room = new Room(database);
    try (ExecutorService another = Executors.newSingleThreadExecutor()) {
      Future<?> second =
          database.write(
              () -> {
                room.webhook("ops", Rule.FAILURES);
                Future<?> waiting = another.submit(() -> room.webhook("ops", Rule.FAILURES));
                assertThatThrownBy(() -> waiting.get(300, TimeUnit.MILLISECONDS))
                    .isInstanceOf(TimeoutException.class);
                return waiting;
              });
      assertThatThrownBy(() -> second.get(10, TimeUnit.SECONDS))
          .cause()
          .isInstanceOfSatisfying(
              EntrepotException.class,
              e -> assertThat(e.code()).isEqualTo(ErrorCode.ALREADY_EXISTS));
    }
    assertThat(room.channels.list()).hasSize(1);
  }

  @ParameterizedTest
  @MethodSource(DATABASES)
  void old_deliveries_leave_the_log_and_waiting_ones_stay(Database database) {
    Room room = new Room(database);
    Channel channel = room.webhook("ops", Rule.FAILURES);
    room.announcer.announce(FAILED);
    room.round();
    room.announcer.announce(FAILED);
    Id waiting = room.deliveries.ofChannel(channel.id(), 0, 1).getFirst().id();
    room.now = room.now.plus(Duration.ofDays(31));
    room.courier.forget();
    assertThat(room.only(channel).id()).isEqualTo(waiting);
  }
}
