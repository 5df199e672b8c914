// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.backup;

import static java.util.Objects.requireNonNull;

import io.entrepot.base.FieldProblem;
import io.entrepot.base.FieldProblem.Place;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.notices.channels.Channel;
import io.entrepot.server.notices.channels.ChannelDraft;
import io.entrepot.server.notices.channels.ChannelTests;
import io.entrepot.server.notices.channels.Channels;
import io.entrepot.server.notices.channels.Deliveries;
import io.entrepot.server.notices.channels.Delivery;
import io.entrepot.server.notices.channels.Provider;
import io.entrepot.server.notices.channels.Setting;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.PlainWords;
import io.entrepot.server.rest.fields.WireIds;
import jakarta.servlet.http.HttpServletRequest;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Channels by which notices leave the house, with the log of each. */
@RestController
@RequestMapping("/api/notification-configs")
class NotificationConfigController {

  private static final String DELIVERY = "Delivery";

  private static final SortedMap<String, Comparator<Channel>> SORTED =
      new TreeMap<>(
          Map.of(
              "id", Comparator.comparing(Channel::number),
              "name", Comparator.comparing(Channel::name),
              "provider", Comparator.comparing(channel -> channel.provider().word()),
              "created_at", Comparator.comparing(Channel::createdAt)));

  private final Channels channels;
  private final Deliveries deliveries;
  private final ChannelTests tests;

  NotificationConfigController(Channels channels, Deliveries deliveries, ChannelTests tests) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.tests = tests;
  }

  /** Where a channel can lead. */
  record ProviderWire(String name, String label, List<SettingWire> settings) {
    static ProviderWire of(Provider provider) {
      return new ProviderWire(
          provider.word(),
          provider.label(),
          provider.settings().stream().map(SettingWire::of).toList());
    }
  }

  /** One thing to set in {@code provider_config}. */
  record SettingWire(
      String name, String label, String help, String type, boolean required, boolean secret) {
    static SettingWire of(Setting setting) {
      return new SettingWire(
          setting.name(),
          setting.label(),
          setting.help(),
          switch (setting.kind()) {
            case NUMBER -> "integer";
            case FLAG -> "boolean";
            case TEXT, ADDRESS, SECRET, SECRET_ADDRESS -> "string";
          },
          setting.isRequired(),
          setting.isSecret());
    }
  }

  /** What came of a test. */
  record TestWire(boolean ok, String status, String message, DeliveryWire delivery) {
    static TestWire of(Delivery delivery) {
      boolean sent = delivery.state() == Delivery.State.SENT;
      return new TestWire(
          sent,
          delivery.state().name().toLowerCase(Locale.ROOT),
          String.valueOf(delivery.outcome()),
          DeliveryWire.of(delivery));
    }
  }

  @GetMapping("/providers")
  Ok<List<ProviderWire>> providers() {
    return Ok.of(
        List.of(Provider.values()).stream().map(ProviderWire::of).toList(), "All providers");
  }

  @GetMapping
  ResponseEntity<OkList<NotificationConfigWire>> list(
      @RequestParam MultiValueMap<String, String> query) {
    ListQuery page = ListQuery.of(query, SORTED.keySet().toArray(String[]::new));
    List<Channel> all = sorted(channels.list(), page.order());
    List<Channel> part = all.stream().skip(page.offset()).limit(page.limit()).toList();
    return OkList.of(
        new Slice.Part<>(part, all.size()),
        page,
        "Notification configurations",
        NotificationConfigWire::of);
  }

  private static List<Channel> sorted(List<Channel> channels, List<Slice.Order> order) {
    List<Channel> sorted = new ArrayList<>(channels);
    // The first counts most, so it is the last by which they are sorted.
    for (Slice.Order one : order.reversed()) {
      Comparator<Channel> by = requireNonNull(SORTED.get(one.field()));
      sorted.sort(one.descending() ? by.reversed() : by);
    }
    return sorted;
  }

  @PostMapping
  ResponseEntity<Ok<NotificationConfigWire>> create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = BodyFields.ofJson(bytes, PlainWords.PLAIN);
    ChannelDraft draft = new NotificationConfigBody(body).draft();
    Channel made = channels.create(actor, draft);
    return answer(HttpStatus.CREATED, body, made, "Notification configuration created");
  }

  @GetMapping("/{id}")
  Ok<NotificationConfigWire> get(@PathVariable("id") String id) {
    return Ok.of(NotificationConfigWire.of(channel(id)), "Notification configuration");
  }

  @PutMapping("/{id}")
  ResponseEntity<Ok<NotificationConfigWire>> update(
      @PathVariable("id") String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = channel(id).id();
    BodyFields body = BodyFields.ofJson(bytes, PlainWords.PLAIN);
    Channel changed = channels.update(actor, which, new NotificationConfigBody(body).change());
    return answer(HttpStatus.OK, body, changed, "Notification configuration changed");
  }

  private static ResponseEntity<Ok<NotificationConfigWire>> answer(
      HttpStatus status, BodyFields body, Channel channel, String message) {
    return Ignored.named(ResponseEntity.status(status), body)
        .body(Ok.of(NotificationConfigWire.of(channel), message));
  }

  @DeleteMapping("/{id}")
  ResponseEntity<Ok<@Nullable Void>> delete(
      @PathVariable("id") String id,
      @AuthenticationPrincipal Actor actor,
      HttpServletRequest request) {
    channels.delete(actor, channel(id).id());
    return Gone.answer(request, "The notification configuration was deleted");
  }

  /** Sends a test by the same way as any notice, and waits for what comes of it. */
  @PostMapping("/{id}/test")
  Ok<TestWire> test(@PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    TestWire tried = TestWire.of(tests.run(actor, channel(id)));
    return Ok.of(tried, tried.ok() ? "The test was sent" : "The test did not arrive");
  }

  @PostMapping("/{id}/enable")
  Ok<NotificationConfigWire> enable(
      @PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    return switched(actor, id, true);
  }

  @PostMapping("/{id}/disable")
  Ok<NotificationConfigWire> disable(
      @PathVariable("id") String id, @AuthenticationPrincipal Actor actor) {
    return switched(actor, id, false);
  }

  private Ok<NotificationConfigWire> switched(Actor actor, String id, boolean on) {
    Channel changed = channels.update(actor, channel(id).id(), draft -> draft.switched(on));
    return Ok.of(
        NotificationConfigWire.of(changed), on ? "It is switched on" : "It is switched off");
  }

  /** What was sent, the newest first. */
  @GetMapping("/{id}/deliveries")
  ResponseEntity<OkList<DeliveryWire>> deliveries(
      @PathVariable("id") String id, @RequestParam MultiValueMap<String, String> query) {
    ListQuery page = ListQuery.of(query);
    Id channel = channel(id).id();
    return OkList.of(
        new Slice.Part<>(
            deliveries.ofChannel(channel, page.offset(), page.limit()), deliveries.count(channel)),
        page,
        "Deliveries",
        DeliveryWire::of);
  }

  /** Sends once more what a delivery was about. */
  @PostMapping("/{id}/deliveries/{delivery_id}/replay")
  ResponseEntity<Ok<DeliveryWire>> replay(
      @PathVariable("id") String id, @PathVariable("delivery_id") String delivery) {
    Delivery again = deliveries.replay(channel(id).id(), WireIds.inPath(delivery, DELIVERY));
    return ResponseEntity.status(HttpStatus.CREATED)
        .body(Ok.of(DeliveryWire.of(again), "It is sent once more"));
  }

  private Channel channel(String id) {
    try {
      return channels.byNumber(Long.parseLong(id));
    } catch (NumberFormatException _) {
      throw new InvalidFieldsException(
          FieldProblem.of("id", "int_parsing", "This has to be a whole number.", id)
              .in(Place.PATH));
    }
  }

  @ExceptionHandler(NotFoundException.class)
  ResponseEntity<Failure> notFound(NotFoundException why) {
    String code = why.thing().equals(DELIVERY) ? "NOT_FOUND" : "CONFIG_NOT_FOUND";
    return Failure.of(HttpStatus.NOT_FOUND, code, why);
  }
}
