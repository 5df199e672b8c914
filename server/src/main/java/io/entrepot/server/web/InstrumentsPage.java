// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.base.NotFoundException;
import io.entrepot.server.harvest.instruments.Instrument;
import io.entrepot.server.harvest.instruments.InstrumentDraft;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.places.ServiceAccounts;
import jakarta.servlet.http.HttpServletResponse;
import java.util.ArrayList;
import java.util.List;
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
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** The instruments: how they stand, what they are set to, and whether they can be reached. */
@Controller
@RequestMapping("/ui/instruments")
final class InstrumentsPage {

  private final Instruments instruments;
  private final HarvestOrders orders;
  private final ConnectionTests tests;
  private final Work work;
  private final ServiceAccounts accounts;
  private final InstrumentStates states;
  private final Deletions deletions;

  /** What is started from here, and was. */
  @Component
  record Starts(HarvestOrders orders, ConnectionTests tests, Work work) {}

  InstrumentsPage(
      Instruments instruments,
      Starts starts,
      ServiceAccounts accounts,
      InstrumentStates states,
      Deletions deletions) {
    this.instruments = instruments;
    this.orders = starts.orders();
    this.tests = starts.tests();
    this.work = starts.work();
    this.accounts = accounts;
    this.states = states;
    this.deletions = deletions;
  }

  @GetMapping
  String list(
      @RequestParam(name = "deleted", defaultValue = "") String deleted,
      @AuthenticationPrincipal Actor actor,
      Model model) {
    deletions.shelve(model, Room.INSTRUMENTS, deleted);
    model.addAttribute("rows", states.of(actor).stream().map(states::row).toList());
    return "instruments";
  }

  @GetMapping("/new")
  String fresh(Model model) {
    return form(model, null, InstrumentForm.fresh());
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form form = Form.sent(parameters);
    try {
      Instrument made = instruments.create(actor, InstrumentForm.draft(form, null));
      return Done.ADDED.at("/ui/instruments/" + PageIds.text(made.id()));
    } catch (EntrepotException e) {
      return refused(model, null, form, e, response);
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, @AuthenticationPrincipal Actor actor, Model model) {
    Instrument instrument = instruments.live(PageIds.of(id, "Instrument"));
    model.addAttribute("row", states.row(states.state(actor, instrument)));
    model.addAttribute("work", work.of(actor, instrument.id()));
    return form(model, instrument.id(), InstrumentForm.of(instrument.settings()));
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Id which = PageIds.of(id, "Instrument");
    Form form = Form.sent(parameters);
    try {
      instruments.update(
          actor,
          which,
          stored -> {
            form.mustHaveShown(InstrumentForm.of(stored));
            return InstrumentForm.draft(form, stored);
          });
      return Done.SAVED.at("/ui/instruments/" + PageIds.text(which));
    } catch (EntrepotException e) {
      return refused(model, which, form, e, response);
    }
  }

  /**
   * Tries what stands in the form, saved or not, and before it has a name: the part of the page, or
   * without htmx all.
   */
  @PostMapping("/test")
  String test(
      @RequestParam MultiValueMap<String, String> parameters,
      @RequestHeader(name = "HX-Request", required = false) @Nullable String htmx,
      Model model) {
    Form form = Form.sent(parameters);
    Id which = PageIds.orNull(form.value("id"));
    Checked checked;
    try {
      InstrumentDraft tried = tried(form);
      checked = Checked.of(orders.check(tried), tried.transport());
    } catch (EntrepotException e) {
      checked = Checked.single("Read the form", false, String.valueOf(e.getMessage()));
    }
    model.addAttribute("checked", checked);
    return htmx == null ? form(model, which, form) : "parts :: steps(checked=${checked})";
  }

  /** The same, each step as it is made. */
  @PostMapping("/test/steps")
  SseEmitter steps(@RequestParam MultiValueMap<String, String> parameters) {
    return tests.watch(() -> tried(Form.sent(parameters)));
  }

  private InstrumentDraft tried(Form form) {
    Id which = PageIds.orNull(form.value("id"));
    InstrumentDraft old = which == null ? null : instruments.live(which).settings();
    return InstrumentForm.draft(form.filled("name", "new"), old);
  }

  @PostMapping("/{id}/harvest")
  String harvest(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    HarvestOrders.Started started = orders.harvestNow(PageIds.of(id, "Instrument"), actor);
    return "redirect:/ui/jobs/" + PageIds.text(started.triggered().getFirst().run());
  }

  private String refused(
      Model model,
      @Nullable Id id,
      Form form,
      EntrepotException why,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(model, id, form.refused(why, InstrumentForm.FIELDS));
  }

  private String form(Model model, @Nullable Id id, Form form) {
    List<Form.Option> choices = new ArrayList<>();
    choices.add(new Form.Option("", "Nobody"));
    accounts
        .list(false)
        .forEach(one -> choices.add(new Form.Option(PageIds.text(one.id()), one.name())));
    model.addAttribute("id", id == null ? null : PageIds.text(id));
    model.addAttribute("form", form);
    model.addAttribute("call", call(id, form));
    model.addAttribute("accounts", form.choices("service_account_id", choices, this::goneAccount));
    model.addAttribute("transports", form.choices("transport", InstrumentForm.TRANSPORTS));
    model.addAttribute("changes", InstrumentForm.ON_CHANGE);
    return "instrument";
  }

  /** An instrument goes on pointing to the account that it was given. */
  private String goneAccount(String id) {
    Id which = PageIds.orNull(id);
    try {
      return which == null ? id : accounts.any(which).name() + " (deleted)";
    } catch (NotFoundException _) {
      return "an account that is gone";
    }
  }

  private String call(@Nullable Id id, Form form) {
    try {
      InstrumentDraft old = id == null ? null : instruments.live(id).settings();
      return ApiCall.instrument(id, InstrumentForm.draft(form.filled("name", "…"), old));
    } catch (InvalidFieldsException _) {
      return ApiCall.unfinished("instruments", id);
    }
  }
}
