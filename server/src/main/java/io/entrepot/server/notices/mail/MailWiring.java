// SPDX-License-Identifier: Apache-2.0
package io.entrepot.server.notices.mail;

import io.entrepot.server.identity.Outbox;
import io.entrepot.server.settings.EntrepotSettings;
import java.time.InstantSource;
import java.util.Objects;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** How this room's services are put together. */
@Configuration(proxyBeanMethods = false)
class MailWiring {

  @Bean
  Mailer mailer(EntrepotSettings settings, InstantSource clock) {
    return new Mailer(settings.mail(), clock);
  }

  @Bean
  Outbox outbox(Mailer mailer, EntrepotSettings settings) {
    return settings.mail().isSet()
        ? new AccountMail(mailer, Objects.requireNonNullElse(settings.address(), ""))
        : new UnsentNotice();
  }
}
