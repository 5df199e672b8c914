// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.base.Id;
import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.HarvestSchedules;
import io.entrepot.server.harvest.Hooks;
import io.entrepot.server.harvest.Instruments;
import io.entrepot.server.identity.Actor;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.places.StorageLocations;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;
import org.springframework.ui.Model;

/** Deletes and restores what the rooms hold. Nothing is ever taken away for good. */
@Component
final class Deletions {

  private static final Slice WITH_DELETED = new Slice(0, Integer.MAX_VALUE, true);

  private final Instruments instruments;
  private final StorageLocations locations;
  private final HarvestSchedules schedules;
  private final ServiceAccounts accounts;
  private final Hooks hooks;

  Deletions(
      Instruments instruments,
      StorageLocations locations,
      HarvestSchedules schedules,
      ServiceAccounts accounts,
      Hooks hooks) {
    this.instruments = instruments;
    this.locations = locations;
    this.schedules = schedules;
    this.accounts = accounts;
    this.hooks = hooks;
  }

  /** Something that was deleted and can come back. */
  record Gone(String id, String name, String address) {}

  /**
   * What a list shows below itself.
   *
   * @param just what was deleted a moment ago; null for nothing
   */
  record Shelf(List<Gone> gone, @Nullable Gone just) {}

  /** Gives a list its shelf of deleted things. */
  void shelve(Model model, Room room, String justDeleted) {
    List<Gone> gone = gone(room);
    model.addAttribute(
        "shelf",
        new Shelf(
            gone,
            gone.stream().filter(one -> one.id().equals(justDeleted)).findFirst().orElse(null)));
  }

  private List<Gone> gone(Room room) {
    return switch (room) {
      case INSTRUMENTS ->
          instruments.list(WITH_DELETED).items().stream()
              .filter(one -> one.deletedAt() != null)
              .map(one -> gone(room, one.id(), one.name()))
              .toList();
      case STORAGE ->
          locations.list(WITH_DELETED).items().stream()
              .filter(one -> one.deletedAt() != null)
              .map(one -> gone(room, one.id(), one.name()))
              .toList();
      case SCHEDULES ->
          schedules.list(WITH_DELETED).items().stream()
              .filter(Schedule::isDeleted)
              .map(one -> gone(room, one.id(), name(one)))
              .toList();
      case ACCOUNTS ->
          accounts.list(true).stream()
              .filter(one -> one.deletedAt() != null)
              .map(one -> gone(room, one.id(), one.name()))
              .toList();
      case HOOKS ->
          hooks.list(WITH_DELETED).items().stream()
              .filter(one -> one.deletedAt() != null)
              .map(one -> gone(room, one.id(), one.settings().name()))
              .toList();
    };
  }

  private static Gone gone(Room room, Id id, String name) {
    String text = PageIds.text(id);
    return new Gone(text, name, room.address() + "/" + text + "/restore");
  }

  /**
   * @throws io.entrepot.base.NotFoundException when there is none, or it is deleted already
   */
  String name(Room room, Id id) {
    return switch (room) {
      case INSTRUMENTS -> instruments.live(id).name();
      case STORAGE -> locations.live(id).name();
      case SCHEDULES -> name(schedules.live(id));
      case ACCOUNTS -> accounts.live(id).name();
      case HOOKS -> hooks.live(id).settings().name();
    };
  }

  private String name(Schedule schedule) {
    var draft = schedules.draftOf(schedule);
    return "Harvest "
        + instruments.any(draft.instrument()).name()
        + " into "
        + locations.any(draft.storageLocation()).name();
  }

  /**
   * @throws io.entrepot.base.EntrepotException when something still needs it
   */
  void delete(Room room, Actor actor, Id id) {
    switch (room) {
      case INSTRUMENTS -> instruments.delete(actor, id);
      case STORAGE -> locations.delete(actor, id);
      case SCHEDULES -> schedules.delete(actor, id);
      case ACCOUNTS -> accounts.delete(actor, id, instruments::namesUsingAccount);
      case HOOKS -> hooks.delete(actor, id);
    }
  }

  /** Brings it back as it was; what can be switched off is off until somebody switches it on. */
  void restore(Room room, Actor actor, Id id) {
    switch (room) {
      case INSTRUMENTS -> instruments.restore(actor, id);
      case STORAGE -> locations.restore(actor, id);
      case SCHEDULES -> schedules.restore(actor, id);
      case ACCOUNTS -> accounts.restore(actor, id);
      case HOOKS -> hooks.restore(actor, id);
    }
  }
}
