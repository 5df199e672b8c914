// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.catalog;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.identity.Memberships;
import io.entrepot.server.identity.Teams;
import io.entrepot.server.ledger.Ledger;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.places.Connectors;
import io.entrepot.server.places.KeptCopies;
import io.entrepot.server.places.StorageLocations;
import io.entrepot.server.settings.EntrepotSettings;
import java.time.InstantSource;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class CatalogWiring {

  @Bean
  Ark ark(EntrepotSettings settings) {
    return new Ark(settings.ark().naan(), settings.ark().shoulder());
  }

  @Bean
  Ingest ingest(Database database, Ark ark) {
    return new Ingest(database, ark);
  }

  @Bean
  Visibility visibility(Memberships memberships, Grants grants) {
    return new Visibility(memberships::principalsOf, grants::instrumentsSeenBy);
  }

  @Bean
  Catalog catalog(Database database, Visibility visibility) {
    return new Catalog(database, visibility);
  }

  @Bean
  Grants grants(
      Database database,
      IdSource ids,
      InstantSource clock,
      AuditTrail audit,
      EntrepotSettings settings) {
    return new Grants(database, ids, clock, audit, settings.harvest().instrumentAccess());
  }

  @Bean
  GranteeSearch granteeSearch(
      Accounts accounts, @Qualifier("groups") Teams groups, @Qualifier("projects") Teams projects) {
    return new GranteeSearch(accounts, groups, projects);
  }

  @Bean
  MetricSource catalogMetrics(Database database) {
    return new CatalogMetrics(database);
  }

  @Bean
  KeptCopies keptCopies(Database database) {
    return new RecordedCopies(database);
  }

  @Bean
  CopyMarks copyMarks(Database database, Ledger ledger, InstantSource clock) {
    return new CopyMarks(database, ledger, clock);
  }

  @Bean
  FileContents fileContents(
      Catalog catalog, StorageLocations locations, Connectors connectors, CopyMarks marks) {
    return new FileContents(catalog, locations, connectors, marks);
  }
}
