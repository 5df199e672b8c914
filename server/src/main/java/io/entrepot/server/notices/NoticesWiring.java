// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices;

import io.entrepot.base.IdSource;
import io.entrepot.server.database.Database;
import java.time.InstantSource;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class NoticesWiring {

  @Bean
  Inbox inbox(Database database, IdSource ids, InstantSource clock) {
    return new Inbox(database, ids, clock);
  }
}
