// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.rest.harvest;

import io.entrepot.base.Id;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.harvest.schedules.HarvestScheduleDraft;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.rest.fields.BodyFields;
import io.entrepot.server.rest.fields.Sent;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PatchMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** {@code /api/schedules}. */
@RestController
@RequestMapping("/api/schedules")
class ScheduleController {

  private static final int CRON_LIMIT = 100;
  private static final int ZONE_LIMIT = 60;
  private static final int PATH_LIMIT = 2048;

  private final HarvestSchedules schedules;
  private final HarvestOrders orders;

  ScheduleController(HarvestSchedules schedules, HarvestOrders orders) {
    this.schedules = schedules;
    this.orders = orders;
  }

  @GetMapping
  ListEnvelope<ScheduleWire> list(@RequestParam MultiValueMap<String, String> query) {
    ListRequest request = ListRequest.of(query);
    return ListEnvelope.of(schedules.list(request.slice()), request.paging(), this::wire);
  }

  @GetMapping("/{id}")
  ScheduleWire get(@PathVariable String id) {
    return wire(schedules.live(idOf(id)));
  }

  @PostMapping
  @ResponseStatus(HttpStatus.CREATED)
  ScheduleWire create(
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    BodyFields body = Wording.body(bytes);
    HarvestScheduleDraft draft =
        new HarvestScheduleDraft(
            body.requiredId("instrument_id", "Instrument"),
            body.requiredId("default_storage_location_id", "Storage location"),
            body.requiredText("cron_expression", CRON_LIMIT),
            Objects.requireNonNullElse(body.text("timezone", ZONE_LIMIT), "UTC"),
            body.choice("misfire", Misfire.class, Misfire.COALESCE),
            RunPriority.read(body),
            body.flag("enabled", true));
    body.check();
    return wire(schedules.create(draft, actor));
  }

  @PatchMapping("/{id}")
  ScheduleWire update(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    BodyFields body = Wording.body(bytes);
    Sent<Id> instrument = body.sent("instrument_id", field -> body.requiredId(field, "Instrument"));
    Sent<Id> location =
        body.sent(
            "default_storage_location_id", field -> body.requiredId(field, "Storage location"));
    Sent<@Nullable String> cron =
        body.sent("cron_expression", field -> body.requiredText(field, CRON_LIMIT));
    Sent<String> zone = body.sent("timezone", field -> body.requiredText(field, ZONE_LIMIT));
    Sent<Misfire> misfire =
        body.sent("misfire", field -> body.requiredChoice(field, Misfire.class));
    Sent<Integer> priority = body.sent("priority", _ -> RunPriority.read(body));
    Sent<Boolean> enabled = body.sent("enabled", field -> body.flag(field, true));
    body.check();
    HarvestScheduleDraft.checkTiming(cron.over(null), zone.over("UTC"));
    return wire(
        schedules.update(
            actor,
            which,
            old ->
                new HarvestScheduleDraft(
                    instrument.over(old.instrument()),
                    location.over(old.storageLocation()),
                    cron.over(old.cron()),
                    zone.over(old.timezone()),
                    misfire.over(old.misfire()),
                    priority.over(old.priority()),
                    enabled.over(old.enabled()))));
  }

  @DeleteMapping("/{id}")
  @ResponseStatus(HttpStatus.NO_CONTENT)
  void delete(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    schedules.delete(actor, idOf(id));
  }

  @PostMapping("/{id}/restore")
  ScheduleWire restore(@PathVariable String id, @AuthenticationPrincipal Actor actor) {
    return wire(schedules.restore(actor, PathIds.deleted("schedule_id", id, "Schedule")));
  }

  /** Starts a run now; the body may say how it differs from a usual one. */
  @PostMapping("/{id}/trigger")
  TriggeredWire trigger(
      @PathVariable String id,
      @RequestBody(required = false) byte @Nullable [] bytes,
      @AuthenticationPrincipal Actor actor) {
    Id which = idOf(id);
    BodyFields body = BodyFields.ofOptionalJson(bytes, Wording.HARVEST);
    HarvestOrders.Options options =
        new HarvestOrders.Options(
            body.flag("dry_run", false),
            body.flag("retry_failed", false),
            body.flag("force_rescan", false),
            Objects.requireNonNullElse(body.text("path_prefix", PATH_LIMIT), ""),
            body.has("priority") ? RunPriority.read(body) : null);
    body.check();
    return TriggeredWire.of(orders.trigger(which, options, actor));
  }

  private ScheduleWire wire(Schedule schedule) {
    return ScheduleWire.of(schedule, schedules.draftOf(schedule));
  }

  private static Id idOf(String text) {
    return PathIds.inPath("schedule_id", text, "Schedule");
  }
}
