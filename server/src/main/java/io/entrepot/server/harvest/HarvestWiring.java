// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest;

import io.entrepot.base.IdSource;
import io.entrepot.server.catalog.GranteeSearch;
import io.entrepot.server.catalog.Grants;
import io.entrepot.server.catalog.Ingest;
import io.entrepot.server.database.Database;
import io.entrepot.server.harvest.hooks.Hooks;
import io.entrepot.server.harvest.instruments.Instruments;
import io.entrepot.server.harvest.runs.CompletionNotices;
import io.entrepot.server.harvest.runs.ConfiguredStores;
import io.entrepot.server.harvest.runs.FailureNotices;
import io.entrepot.server.harvest.runs.HarvestJob;
import io.entrepot.server.harvest.runs.HarvestOrder;
import io.entrepot.server.harvest.runs.HarvestTools;
import io.entrepot.server.harvest.runs.Runs;
import io.entrepot.server.harvest.runs.ScheduledRuns;
import io.entrepot.server.harvest.runs.StandstillNotices;
import io.entrepot.server.harvest.schedules.HarvestOrders;
import io.entrepot.server.harvest.schedules.HarvestSchedules;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.jobs.Jobs;
import io.entrepot.server.jobs.Schedules;
import io.entrepot.server.ledger.Ledger;
import io.entrepot.server.notices.channels.Announcer;
import io.entrepot.server.places.Connectors;
import io.entrepot.server.places.PlaceTools;
import io.entrepot.server.places.ServiceAccounts;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.storage.decorator.Pause;
import io.entrepot.storage.mover.Mover;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class HarvestWiring {

  @Bean
  Instruments instruments(Database database, ServiceAccounts accounts, PlaceTools tools) {
    return new Instruments(database, accounts, tools);
  }

  @Bean
  Hooks hooks(Database database, Instruments instruments, PlaceTools tools) {
    return new Hooks(database, instruments, tools);
  }

  @Bean
  Mover mover(IdSource ids, InstantSource clock) {
    return new Mover(ids, clock);
  }

  @Bean
  Pause pause() {
    return Pause.SLEEP;
  }

  @Bean
  HarvestTools harvestTools(
      Database database,
      Ingest ingest,
      Grants grants,
      Ledger ledger,
      GranteeSearch grantees,
      Mover mover,
      IdSource ids,
      InstantSource clock,
      Pause pause) {
    return new HarvestTools(
        database, ingest, grants, ledger::append, grantees::find, mover, ids, clock, pause);
  }

  @Bean
  FailureNotices failureNotices(Jobs jobs, Instruments instruments, Announcer announcer) {
    return new FailureNotices(jobs, instruments, announcer);
  }

  @Bean
  HarvestJob.Told harvestNotices(
      FailureNotices failures, Database database, Announcer announcer, InstantSource clock) {
    StandstillNotices standstills = new StandstillNotices(database, announcer::announce, clock);
    CompletionNotices completions = new CompletionNotices(database, announcer::announce, clock);
    return new HarvestJob.Told(
        failures::failed,
        look -> {
          standstills.looked(look);
          completions.looked(look);
        });
  }

  @Bean
  HarvestJob harvestJob(
      HarvestTools tools,
      Instruments instruments,
      StorageLocations locations,
      Hooks hooks,
      Connectors connectors,
      Schedules schedules,
      Jobs jobs,
      HarvestJob.Told told) {
    return new HarvestJob(
        tools,
        new HarvestJob.Rules(
            instruments,
            locations,
            hooks,
            instrument -> schedules.list(HarvestOrder.schedules(instrument), 0, Integer.MAX_VALUE)),
        new ConfiguredStores(connectors, System::nanoTime, tools.pause(), tools.clock().instant()),
        new ScheduledRuns(schedules, jobs),
        told);
  }

  @Bean
  HarvestSchedules harvestSchedules(
      Schedules schedules,
      Instruments instruments,
      StorageLocations locations,
      Database database,
      AuditTrail audit) {
    return new HarvestSchedules(schedules, instruments, locations, database, audit);
  }

  @Bean
  HarvestOrders harvestOrders(
      HarvestSchedules harvests,
      Schedules schedules,
      Connectors connectors,
      HarvestTools tools,
      AuditTrail audit) {
    return new HarvestOrders(harvests, schedules, connectors, tools, audit);
  }

  @Bean
  Runs runs(Jobs jobs, Grants grants, Database database, AuditTrail audit) {
    return new Runs(jobs, grants, database, audit);
  }
}
