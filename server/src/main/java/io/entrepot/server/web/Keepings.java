// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.web;

import io.entrepot.server.database.Slice;
import io.entrepot.server.harvest.hooks.Hooks;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import io.entrepot.server.identity.Account;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.Team;
import io.entrepot.server.identity.Teams;
import io.entrepot.server.jobs.Schedule;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.server.web.Keeping.Named;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** What stands behind each room. */
@Configuration(proxyBeanMethods = false)
class Keepings {

  private static final Slice WITH_DELETED = new Slice(0, Integer.MAX_VALUE, true);

  /** The deleted ones among all. */
  private static <T> List<Named> gone(
      List<T> all, Function<T, @Nullable Instant> deletedAt, Function<T, Named> named) {
    return all.stream().filter(one -> deletedAt.apply(one) != null).map(named).toList();
  }

  @Bean
  Keeping instrumentKeeping(Instruments instruments) {
    return new Keeping(
        Room.INSTRUMENTS,
        () ->
            gone(
                instruments.list(WITH_DELETED).items(),
                one -> one.deletedAt(),
                one -> new Named(one.id(), one.name())),
        id -> instruments.live(id).name(),
        instruments::delete,
        instruments::restore);
  }

  @Bean
  Keeping storageKeeping(StorageLocations locations) {
    return new Keeping(
        Room.STORAGE,
        () ->
            gone(
                locations.list(WITH_DELETED).items(),
                one -> one.deletedAt(),
                one -> new Named(one.id(), one.name())),
        id -> locations.live(id).name(),
        locations::delete,
        locations::restore);
  }

  @Bean
  Keeping scheduleKeeping(HarvestSchedules schedules, ScheduleViews views) {
    return new Keeping(
        Room.SCHEDULES,
        () ->
            schedules.list(WITH_DELETED).items().stream()
                .filter(Schedule::isDeleted)
                .map(one -> new Named(one.id(), views.name(one)))
                .toList(),
        id -> views.name(schedules.live(id)),
        schedules::delete,
        schedules::restore);
  }

  @Bean
  Keeping accountKeeping(ServiceAccounts accounts, Instruments instruments) {
    return new Keeping(
        Room.ACCOUNTS,
        () ->
            gone(
                accounts.list(true),
                one -> one.deletedAt(),
                one -> new Named(one.id(), one.name())),
        id -> accounts.live(id).name(),
        (by, id) -> accounts.delete(by, id, instruments::namesUsingAccount),
        accounts::restore);
  }

  @Bean
  Keeping hookKeeping(Hooks hooks) {
    return new Keeping(
        Room.HOOKS,
        () ->
            gone(
                hooks.list(WITH_DELETED).items(),
                one -> one.deletedAt(),
                one -> new Named(one.id(), one.settings().name())),
        id -> hooks.live(id).settings().name(),
        hooks::delete,
        hooks::restore);
  }

  @Bean
  Keeping peopleKeeping(Accounts people) {
    return new Keeping(
        Room.PEOPLE,
        () ->
            gone(
                people.list(WITH_DELETED).items(),
                Account::deletedAt,
                one -> new Named(one.id(), one.email())),
        id -> people.live(id).email(),
        people::delete,
        people::restore);
  }

  @Bean
  Keeping groupKeeping(@Qualifier("groups") Teams groups) {
    return teams(Room.GROUPS, groups);
  }

  @Bean
  Keeping projectKeeping(@Qualifier("projects") Teams projects) {
    return teams(Room.PROJECTS, projects);
  }

  private static Keeping teams(Room room, Teams teams) {
    return new Keeping(
        room,
        () ->
            gone(
                teams.list(WITH_DELETED).items(),
                Team::deletedAt,
                one -> new Named(one.id(), one.name())),
        id -> teams.live(id).name(),
        teams::delete,
        teams::restore);
  }
}
