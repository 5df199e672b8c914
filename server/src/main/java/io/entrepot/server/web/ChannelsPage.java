// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.notices.channels.Channel;
import io.entrepot.server.notices.channels.ChannelTests;
import io.entrepot.server.notices.channels.Channels;
import io.entrepot.server.notices.channels.Deliveries;
import io.entrepot.server.notices.channels.Delivery;
import io.entrepot.server.notices.channels.Provider;
import jakarta.servlet.http.HttpServletResponse;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Component;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The ways by which notices leave this server. */
@Controller
@RequestMapping("/ui/notifications/channels")
final class ChannelsPage {

  private static final String ADDRESS = "/ui/notifications/channels";
  private static final String HERE = "notices";
  private static final int LOG_LINES = 50;
  private static final String SECRET = "secret";

  private final Channels channels;
  private final Deliveries deliveries;
  private final ChannelTests tests;
  private final ChannelThings things;
  private final SigningSecrets secrets;
  private final Words words;

  /** What its form needs. */
  @Component
  record Parts(ChannelThings things, SigningSecrets secrets) {}

  ChannelsPage(
      Channels channels, Deliveries deliveries, ChannelTests tests, Parts parts, Words words) {
    this.channels = channels;
    this.deliveries = deliveries;
    this.tests = tests;
    this.things = parts.things();
    this.secrets = parts.secrets();
    this.words = words;
  }

  /**
   * A channel in the list.
   *
   * @param last what came of the latest delivery; null when there was none
   */
  record Row(
      String id, String name, String provider, String hears, Badge badge, @Nullable Line last) {}

  /** A delivery. */
  record Line(
      String id,
      String title,
      String event,
      Badge badge,
      int attempts,
      @Nullable String outcome,
      boolean over,
      Moment made) {}

  @GetMapping
  String list(Model model) {
    model.addAttribute("rows", channels.list().stream().map(this::row).toList());
    model.addAttribute("providers", providers());
    return "channels";
  }

  private static List<Form.Option> providers() {
    return List.of(Provider.values()).stream()
        .map(one -> new Form.Option(one.word(), one.label()))
        .toList();
  }

  private Row row(Channel channel) {
    return new Row(
        PageIds.text(channel.id()),
        channel.name(),
        channel.provider().label(),
        hears(channel),
        Badge.switched(channel.enabled()),
        deliveries.ofChannel(channel.id(), 0, 1).stream().findFirst().map(this::line).orElse(null));
  }

  private static String hears(Channel channel) {
    String level =
        switch (channel.rule().from()) {
          case FAILURE -> "Failures";
          case WARNING -> "Failures and warnings";
          case SUCCESS -> "Everything";
        };
    boolean less = !channel.rule().events().isEmpty() || !channel.rule().things().isEmpty();
    return less ? level + ", of some events or things" : level;
  }

  private Line line(Delivery delivery) {
    return new Line(
        PageIds.text(delivery.id()),
        delivery.what().title(),
        delivery.what().event(),
        switch (delivery.state()) {
          case WAITING -> delivery.attempts() == 0 ? Badge.waiting("Due") : Badge.warn("Retrying");
          case SENT -> Badge.ok("Sent");
          case FAILED -> Badge.bad("Given up");
          case SKIPPED -> Badge.waiting("Not sent");
        },
        delivery.attempts(),
        delivery.outcome(),
        delivery.state() != Delivery.State.WAITING,
        words.moment(delivery.createdAt()));
  }

  @GetMapping("/new")
  String fresh(
      @RequestParam(name = "provider", defaultValue = "webhook") String word, Model model) {
    Provider provider = provider(word);
    return form(model, null, provider, ChannelForm.fresh(provider));
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form form = ChannelForm.sent(parameters);
    Provider provider = provider(form.value("provider"));
    try {
      boolean makesSecret = provider == Provider.WEBHOOK && form.text(SECRET) == null;
      Form whole = makesSecret ? form.filled(SECRET, secrets.fresh()) : form;
      Channel made = channels.create(actor, ChannelForm.draft(whole, provider, false));
      if (makesSecret) {
        response.setStatus(HttpStatus.CREATED.value());
        model.addAttribute("name", made.name());
        model.addAttribute("address", ADDRESS + "/" + PageIds.text(made.id()));
        model.addAttribute("secret", whole.value(SECRET));
        return "channel-made";
      }
      return Done.ADDED.at(ADDRESS + "/" + PageIds.text(made.id()));
    } catch (EntrepotException e) {
      return refused(model, null, provider, form, e, response);
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, Model model) {
    Channel channel = channel(id);
    return form(model, channel, channel.provider(), ChannelForm.of(channel.settings()));
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Channel channel = channel(id);
    Form form = ChannelForm.sent(parameters);
    try {
      form.mustHaveShown(ChannelForm.of(channel.settings()));
      channels.update(actor, channel.id(), old -> ChannelForm.draft(form, old.provider(), true));
      return Done.SAVED.at(ADDRESS + "/" + id);
    } catch (EntrepotException e) {
      return refused(model, channel, channel.provider(), form, e, response);
    }
  }

  /** What came of it stands in the log, first of all. */
  @PostMapping("/{id}/test")
  String test(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    tests.run(actor, channel(id));
    return "redirect:" + ADDRESS + "/" + id + "#log";
  }

  @PostMapping("/{id}/deliveries/{delivery}/replay")
  String replay(@PathVariable String id, @PathVariable String delivery) {
    deliveries.replay(channel(id).id(), PageIds.of(delivery, "Delivery"));
    return "redirect:" + ADDRESS + "/" + id + "#log";
  }

  @GetMapping("/{id}/delete")
  String ask(@PathVariable String id, Model model) {
    Channel channel = channel(id);
    model.addAttribute("here", HERE);
    model.addAttribute("name", channel.name());
    model.addAttribute("thing", "channel");
    model.addAttribute(
        "consequence",
        "Nothing is sent by it any more, and its log is gone. It cannot be restored.");
    model.addAttribute("lasting", true);
    model.addAttribute("refusal", "");
    model.addAttribute("address", ADDRESS + "/" + id);
    model.addAttribute("list", ADDRESS);
    model.addAttribute("collection", "Channels");
    model.addAttribute("call", "DELETE /api/notification-configs/" + channel.number());
    return "delete";
  }

  @PostMapping("/{id}/delete")
  String delete(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    channels.delete(actor, channel(id).id());
    return "redirect:" + ADDRESS;
  }

  private Channel channel(String id) {
    return channels.get(PageIds.of(id, "Channel"));
  }

  private static Provider provider(String word) {
    return Provider.ofWord(word).orElseThrow(() -> new NotFoundException("Kind of channel"));
  }

  private String refused(
      Model model,
      @Nullable Channel channel,
      Provider provider,
      Form form,
      EntrepotException why,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(model, channel, provider, form.refused(why, ChannelForm.fields(provider)));
  }

  private String form(Model model, @Nullable Channel channel, Provider provider, Form form) {
    model.addAttribute("id", channel == null ? null : PageIds.text(channel.id()));
    model.addAttribute("row", channel == null ? null : row(channel));
    model.addAttribute("provider", provider);
    model.addAttribute(
        "stored", channel == null ? Set.of() : ChannelForm.stored(channel.settings()));
    model.addAttribute("settings", provider.settings());
    model.addAttribute("form", form);
    model.addAttribute("levels", ChannelForm.LEVELS);
    model.addAttribute("events", ChannelForm.events(form, provider));
    model.addAttribute("things", things.of(form));
    model.addAttribute(
        "log",
        channel == null
            ? List.of()
            : deliveries.ofChannel(channel.id(), 0, LOG_LINES).stream().map(this::line).toList());
    model.addAttribute("call", call(channel, provider, form));
    return "channel";
  }

  private static String call(@Nullable Channel channel, Provider provider, Form form) {
    Long number = channel == null ? null : channel.number();
    try {
      return ApiCall.channel(number, ChannelForm.draft(form.filled("name", "…"), provider, true));
    } catch (InvalidFieldsException _) {
      return ApiCall.unfinishedChannel(number);
    }
  }
}
