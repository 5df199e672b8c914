// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** What a channel can be kept to, by name: instruments, and schedules. */
@Component
final class ChannelThings {

  private static final Map<String, Room> ROOMS =
      Map.of("instrument:", Room.INSTRUMENTS, "schedule:", Room.SCHEDULES);

  private final Instruments instruments;
  private final HarvestSchedules schedules;
  private final ScheduleViews views;
  private final AuditWords words;

  ChannelThings(
      Instruments instruments, HarvestSchedules schedules, ScheduleViews views, AuditWords words) {
    this.instruments = instruments;
    this.schedules = schedules;
    this.views = views;
    this.words = words;
  }

  /** All of them, and what is chosen though it was deleted. */
  List<ChannelForm.Tick> of(Form form) {
    List<Form.Option> known = new ArrayList<>();
    instruments
        .list(Slice.ALL)
        .items()
        .forEach(
            one -> known.add(new Form.Option("instrument:" + PageIds.text(one.id()), one.name())));
    schedules
        .list(Slice.ALL)
        .items()
        .forEach(
            one ->
                known.add(new Form.Option("schedule:" + PageIds.text(one.id()), views.name(one))));
    NamesOnRecord names = words.names();
    return ChannelForm.ticks(form, ChannelForm.THINGS, known).stream()
        .map(one -> new ChannelForm.Tick(one.value(), label(one, names), one.chosen()))
        .toList();
  }

  private static String label(ChannelForm.Tick one, NamesOnRecord names) {
    if (!one.label().equals(one.value())) {
      return one.label();
    }
    return ROOMS.entrySet().stream()
        .filter(room -> one.value().startsWith(room.getKey()))
        .map(room -> name(room.getValue(), one.value().substring(room.getKey().length()), names))
        .findFirst()
        .orElse(one.value());
  }

  private static String name(Room room, String text, NamesOnRecord names) {
    Id id = PageIds.orNull(text);
    return id == null ? text : names.name(List.of(room), id);
  }
}
