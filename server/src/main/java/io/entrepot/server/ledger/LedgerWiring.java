// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.ledger;

import io.entrepot.base.IdSource;
import io.entrepot.custody.LedgerKey;
import io.entrepot.server.database.Database;
import io.entrepot.server.health.HealthPart;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.settings.EntrepotSettings;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Puts the ledger's parts together. */
@Configuration(proxyBeanMethods = false)
class LedgerWiring {

  @Bean
  Ledger ledger(Database database, IdSource ids) {
    return new Ledger(database, ids);
  }

  @Bean
  AuditLog auditLog(Database database, IdSource ids, InstantSource clock) {
    return new AuditLog(database, ids, clock);
  }

  @Bean
  LedgerCloser ledgerCloser(
      Database database, EntrepotSettings settings, SecureRandom random, InstantSource clock) {
    return closer(database, settings.data(), random, clock);
  }

  static LedgerCloser closer(
      Database database, Path data, SecureRandom random, InstantSource clock) {
    LedgerKey key = LedgerKeyFile.open(data, database, random);
    return new LedgerCloser(
        database, new Checkpoints(database, key, data.resolve("checkpoints")), clock);
  }

  @Bean
  LedgerClock ledgerClock(LedgerCloser closer) {
    return new LedgerClock(closer);
  }

  @Bean
  MetricSource ledgerMetrics(Database database, InstantSource clock) {
    return new LedgerMetrics(database, clock);
  }

  @Bean
  HealthPart ledgerPart(LedgerClock clock) {
    return new LedgerPart(clock);
  }
}
