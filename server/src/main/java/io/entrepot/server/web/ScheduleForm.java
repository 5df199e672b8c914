// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.InvalidFieldsException;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.schedules.HarvestScheduleDraft;
import io.entrepot.server.jobs.JobOrder;
import io.entrepot.server.jobs.Misfire;
import io.entrepot.server.places.StorageLocations;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** A harvest schedule as a form, and back. */
@Component
final class ScheduleForm {

  static final String[] FIELDS = {
    "instrument_id", "default_storage_location_id", "cron_expression", "timezone", "priority"
  };

  static final List<Form.Option> MISFIRES =
      List.of(
          new Form.Option(Misfire.COALESCE.word(), "Make up for all with one run"),
          new Form.Option(Misfire.SKIP.word(), "Pass over what was missed"),
          new Form.Option(Misfire.ALL.word(), "Make up for each one"));

  private final Instruments instruments;
  private final StorageLocations locations;

  ScheduleForm(Instruments instruments, StorageLocations locations) {
    this.instruments = instruments;
    this.locations = locations;
  }

  Form fresh(String instrument) {
    List<Form.Option> places = locations();
    return Form.of(
        Map.of(
            "instrument_id",
            instrument,
            "default_storage_location_id",
            places.size() == 2 ? places.getLast().value() : "",
            "cron_expression",
            "*/15 * * * *",
            "timezone",
            "UTC",
            "misfire",
            Misfire.COALESCE.word(),
            "priority",
            String.valueOf(JobOrder.USUAL_PRIORITY),
            "enabled",
            "true"));
  }

  static Form of(HarvestScheduleDraft draft) {
    String cron = draft.cron();
    return Form.of(
        Map.of(
            "instrument_id", PageIds.text(draft.instrument()),
            "default_storage_location_id", PageIds.text(draft.storageLocation()),
            "cron_expression", cron == null ? "" : cron,
            "timezone", draft.timezone(),
            "misfire", draft.misfire().word(),
            "priority", String.valueOf(draft.priority()),
            "enabled", String.valueOf(draft.enabled())));
  }

  /**
   * @throws InvalidFieldsException when nothing was chosen
   */
  static HarvestScheduleDraft draft(Form form) {
    String zone = form.text("timezone");
    return new HarvestScheduleDraft(
        form.requiredId("instrument_id"),
        form.requiredId("default_storage_location_id"),
        form.text("cron_expression"),
        zone == null ? "UTC" : zone,
        misfire(form.value("misfire")),
        priority(form),
        form.flag("enabled"));
  }

  /**
   * @throws InvalidFieldsException when it is not a number, or one that nobody may set
   */
  static int priority(Form form) {
    return form.number("priority", JobOrder.USUAL_PRIORITY, JobOrder.HIGHEST_PRIORITY);
  }

  private static Misfire misfire(String word) {
    return List.of(Misfire.values()).stream()
        .filter(one -> one.word().equals(word))
        .findFirst()
        .orElse(Misfire.COALESCE);
  }

  List<Form.Option> instruments() {
    List<Form.Option> options = new ArrayList<>(List.of(new Form.Option("", "Choose")));
    instruments
        .list(Slice.ALL)
        .items()
        .forEach(one -> options.add(new Form.Option(PageIds.text(one.id()), one.name())));
    return options;
  }

  List<Form.Option> locations() {
    List<Form.Option> options = new ArrayList<>(List.of(new Form.Option("", "Choose")));
    locations
        .list(Slice.ALL)
        .items()
        .forEach(one -> options.add(new Form.Option(PageIds.text(one.id()), one.name())));
    return options;
  }
}
