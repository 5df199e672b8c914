// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.places;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.health.HealthPart;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.secrets.SecretBox;
import io.entrepot.server.settings.EntrepotSettings;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

@Configuration(proxyBeanMethods = false)
class PlacesWiring {

  @Bean
  LocalRoots localRoots(EntrepotSettings settings) {
    return new LocalRoots(settings.roots());
  }

  @Bean
  PlaceTools placeTools(
      SecretBox secrets, LocalRoots roots, IdSource ids, InstantSource clock, AuditTrail audit) {
    return new PlaceTools(secrets, roots, ids, clock, audit);
  }

  @Bean
  StorageLocations storageLocations(Database database, PlaceTools tools) {
    return new StorageLocations(database, tools);
  }

  @Bean
  ServiceAccounts serviceAccounts(Database database, PlaceTools tools) {
    return new ServiceAccounts(database, tools);
  }

  @Bean
  StoreMetrics storeMetrics() {
    return new StoreMetrics(System::nanoTime);
  }

  @Bean
  Connectors connectors(
      Database database,
      ServiceAccounts accounts,
      PlaceTools tools,
      KeptCopies copies,
      StoreMetrics metrics) {
    return new Connectors(database, accounts, tools, copies, metrics);
  }

  @Bean
  HealthPart storagePart(Connectors connectors, StorageLocations locations) {
    return new StoragePart(connectors, locations);
  }
}
