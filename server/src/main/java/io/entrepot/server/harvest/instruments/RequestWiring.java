// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.harvest.instruments;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import io.entrepot.server.identity.Accounts;
import io.entrepot.server.identity.AuditTrail;
import io.entrepot.server.metrics.MetricSource;
import io.entrepot.server.notices.mail.MailedNotices;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How requests for instruments, and figures about instruments, are put together. */
@Configuration(proxyBeanMethods = false)
class RequestWiring {

  @Bean
  InstrumentRequests instrumentRequests(
      Database database, MailedNotices notices, Accounts accounts, InstrumentRequests.Tools tools) {
    return new InstrumentRequests(database, notices, accounts, tools);
  }

  @Bean
  MetricSource instrumentMetrics(Database database) {
    return new InstrumentMetrics(database);
  }

  @Bean
  InstrumentRequests.Tools instrumentRequestTools(
      IdSource ids, InstantSource clock, AuditTrail audit) {
    return new InstrumentRequests.Tools(ids, clock, audit);
  }
}
