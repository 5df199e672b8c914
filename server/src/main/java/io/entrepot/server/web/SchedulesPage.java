// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.EntrepotException;
import io.entrepot.base.Id;
import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Schedule;
import jakarta.servlet.http.HttpServletResponse;
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

/** When which instrument is harvested into which storage location. */
@Controller
@RequestMapping("/ui/schedules")
final class SchedulesPage {

  private final HarvestSchedules schedules;
  private final HarvestOrders orders;
  private final ScheduleViews views;
  private final ScheduleForm forms;
  private final Deletions deletions;
  private final Work work;

  /** How its forms are read and written, and its list is made. */
  @Component
  record Parts(ScheduleViews views, ScheduleForm forms, Work work) {}

  SchedulesPage(
      HarvestSchedules schedules, HarvestOrders orders, Parts parts, Deletions deletions) {
    this.schedules = schedules;
    this.orders = orders;
    this.views = parts.views();
    this.forms = parts.forms();
    this.work = parts.work();
    this.deletions = deletions;
  }

  @GetMapping
  String list(@RequestParam(name = "deleted", defaultValue = "") String deleted, Model model) {
    deletions.shelve(model, Room.SCHEDULES, deleted);
    model.addAttribute("rows", work.all(schedules.list(Slice.ALL).items()));
    return "schedules";
  }

  @GetMapping("/new")
  String fresh(
      @RequestParam(name = "instrument", defaultValue = "") String instrument, Model model) {
    return form(model, null, forms.fresh(instrument));
  }

  @PostMapping
  String create(
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Form form = Form.sent(parameters);
    try {
      Schedule made = schedules.create(ScheduleForm.draft(form), actor);
      return Done.ADDED.at("/ui/schedules/" + PageIds.text(made.id()));
    } catch (EntrepotException e) {
      return refused(model, null, form, e, response);
    }
  }

  @GetMapping("/{id}")
  String show(@PathVariable String id, Model model) {
    Schedule schedule = live(id);
    return form(model, schedule, ScheduleForm.of(schedules.draftOf(schedule)));
  }

  @PostMapping("/{id}")
  String update(
      @PathVariable String id,
      @RequestParam MultiValueMap<String, String> parameters,
      @AuthenticationPrincipal Actor actor,
      HttpServletResponse response,
      Model model) {
    Schedule old = live(id);
    Form form = Form.sent(parameters);
    try {
      schedules.update(
          actor,
          old.id(),
          stored -> {
            form.mustHaveShown(ScheduleForm.of(stored));
            return ScheduleForm.draft(form);
          });
      return Done.SAVED.at("/ui/schedules/" + PageIds.text(old.id()));
    } catch (EntrepotException e) {
      return refused(model, old, form, e, response);
    }
  }

  @PostMapping("/{id}/run")
  String run(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    HarvestOrders.Triggered started =
        orders.trigger(live(id).id(), HarvestOrders.Options.USUAL, actor);
    return "redirect:/ui/jobs/" + PageIds.text(started.run());
  }

  /** Switches it on or off. */
  @PostMapping("/{id}/switch")
  String turn(
      @PathVariable String id,
      @RequestParam("enabled") boolean enabled,
      @AuthenticationPrincipal Actor actor) {
    Id which = live(id).id();
    schedules.update(actor, which, old -> old.withEnabled(enabled));
    return (enabled ? Done.ON : Done.OFF).at("/ui/schedules");
  }

  /** When a schedule would run that is set to what stands in the form. */
  @PostMapping("/preview")
  String preview(@RequestParam MultiValueMap<String, String> parameters, Model model) {
    model.addAttribute("preview", views.preview(Form.sent(parameters)));
    return "parts :: preview(preview=${preview})";
  }

  private Schedule live(String id) {
    return schedules.live(PageIds.of(id, "Schedule"));
  }

  private String refused(
      Model model,
      @Nullable Schedule schedule,
      Form form,
      EntrepotException why,
      HttpServletResponse response) {
    response.setStatus(HttpStatus.UNPROCESSABLE_CONTENT.value());
    return form(model, schedule, form.refused(why, ScheduleForm.FIELDS));
  }

  private String form(Model model, @Nullable Schedule schedule, Form form) {
    model.addAttribute("row", schedule == null ? null : views.row(schedule));
    model.addAttribute("preview", views.preview(form));
    model.addAttribute("form", form);
    model.addAttribute("instruments", forms.instruments());
    model.addAttribute("locations", forms.locations());
    model.addAttribute("misfires", ScheduleForm.MISFIRES);
    model.addAttribute("call", call(schedule == null ? null : schedule.id(), form));
    return "schedule";
  }

  private static String call(@Nullable Id id, Form form) {
    try {
      return ApiCall.schedule(id, ScheduleForm.draft(form));
    } catch (InvalidFieldsException _) {
      return ApiCall.unfinished("schedules", id);
    }
  }
}
